//! An extraction as one page of HTML to look at: the article with its statements marked in place, and their chains beside.
//!
//! The page stands by itself: it asks for nothing, runs nothing, and takes no style but its own.
mod cards;
mod escape;
mod marks;
mod names;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{HashMap, HashSet};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use self::escape::escaped;
use self::marks::{Marked, Run};
use self::words::Words;
use super::chains::Names;
use super::types::{Extracted, FoundThing};
use crate::articles::types::Block;
use crate::domain::language::{Direction, Language};
use crate::statements::types::{Form, Role};
use crate::statements::write_shape::NewStatement;

/// The page of what was found in a file.
pub fn page(extracted: &Extracted, file_name: &str) -> String {
    let article = &extracted.article;
    let language = article.language.as_deref().unwrap_or("und");
    let direction = Language::parse(language).map(|language| language.direction());
    let statements = article.statements.as_deref().unwrap_or_default();
    let page = Page {
        extracted,
        statements,
        texts: marks::texts(article),
        names: Names::of(extracted),
        words: Words::of(language),
    };
    let style = format!(
        "{}{}",
        include_str!("page/page.css"),
        lit(&page.texts, statements.len())
    );
    format!(
        include_str!("page/page.html"),
        language = escaped(language),
        direction = direction.unwrap_or(Direction::LeftToRight),
        digest = BASE64_STANDARD.encode(Sha256::digest(&style)),
        title = escaped(article.title.as_deref().unwrap_or(file_name)),
        style = style,
        file_name = escaped(file_name),
        who_said_what = page.word("who_said_what"),
        counts = page.counts(),
        legend = page.legend(),
        article = page.article(),
        names = names::table(extracted, &page.names, &page.words),
        left_out = page.left_out(),
    )
}

/// Whoever points at a statement, in the text or beside it, sees it light up in both places. As most statements stand in one
/// row, a browser has to look no further for them: it would be slow where they are many.
fn lit(texts: &[Marked<'_>], statements: usize) -> String {
    let mut rows: HashMap<usize, usize> = HashMap::new();
    for text in texts {
        let there: HashSet<usize> = text.pieces.iter().map(|piece| piece.statement).collect();
        for statement in there {
            *rows.entry(statement).or_default() += 1;
        }
    }
    let rule = |statement: usize| {
        let scope = match rows.get(&statement) {
            Some(2..) => "article",
            _ => ".row",
        };
        let class = format!(".m{}", statement + 1);
        format!(
            "{scope}:has({class}:is(:hover,:focus-within,:target)) {class}{{--tint:var(--lit);--edge:var(--hue)}}\n"
        )
    };
    (0..statements).map(rule).collect()
}

struct Page<'a> {
    extracted: &'a Extracted,
    statements: &'a [NewStatement],
    texts: Vec<Marked<'a>>,
    names: Names<'a>,
    words: Words,
}

impl Page<'_> {
    fn word(&self, key: &str) -> String {
        escaped(self.words.of_key(key))
    }

    fn counts(&self) -> String {
        let of_form = |form| {
            let forms = self
                .statements
                .iter()
                .filter(move |one| one.form == Some(form));
            forms.count()
        };
        let of_thing = |thing| {
            let names = self.extracted.names.iter();
            names.filter(|name| name.thing == thing).count()
        };
        let hops = self
            .statements
            .iter()
            .flat_map(|one| one.attribution.iter().flatten());
        let unnamed: HashSet<&str> = hops
            .filter_map(|hop| Some(hop.anonymous.as_ref()?.label.as_str()))
            .collect();
        let forms = Form::ALL.iter().map(|form| {
            let key = format!(
                r#"<span class="{form}">{}</span>"#,
                self.word(form.as_str())
            );
            (key, of_form(*form))
        });
        [(self.word("statements"), self.statements.len())]
            .into_iter()
            .chain(forms)
            .chain([
                (self.word("speakers"), of_thing(FoundThing::Speaker)),
                (self.word("unnamed_sources"), unnamed.len()),
                (self.word("outlets"), of_thing(FoundThing::Outlet)),
            ])
            .map(|(name, count)| format!("<div><dt>{name}</dt><dd>{count}</dd></div>"))
            .collect()
    }

    fn legend(&self) -> String {
        let forms = Form::ALL.iter().map(|form| {
            format!(
                r#"<li><mark class="{form} sure">{}</mark></li>"#,
                self.word(form.as_str())
            )
        });
        let below = [100.0]
            .into_iter()
            .chain(cards::LEVELS.map(|(_, from)| from - 1.0));
        let levels = cards::LEVELS.iter().zip(below).map(|((level, from), to)| {
            let confidence = self.word("confidence");
            format!(r#"<li><span class="level {level}">{confidence} <bdi dir="ltr">{from}–{to}%</bdi></span></li>"#)
        });
        let shapes = Role::ALL.iter().map(|role| (role.as_str(), role.as_str()));
        let shapes = shapes
            .chain([("unnamed", "speaker unnamed")])
            .map(|(key, classes)| format!(r#"<li class="hop {classes}">{}</li>"#, self.word(key)));
        let items: String = forms.chain(levels).chain(shapes).collect();
        format!(
            r#"<ul class="legend" aria-label="{}">{items}</ul>"#,
            self.word("legend")
        )
    }

    fn article(&self) -> String {
        let texts = self.texts.iter();
        let housed: HashSet<usize> = texts
            .clone()
            .flat_map(|text| &text.home_of)
            .copied()
            .collect();
        let rows = texts.filter(|text| !text.text.is_empty());
        let rows: String = rows.map(|text| self.row(text)).collect();
        let homeless: Vec<usize> = (0..self.statements.len())
            .filter(|at| !housed.contains(at))
            .collect();
        let none = match self.statements {
            [] => format!(r#"<p class="none">{}</p>"#, self.word("no_statements")),
            _ => String::new(),
        };
        let rest = match self.cards(&homeless, false) {
            cards if cards.is_empty() => cards,
            cards => format!(
                r#"<section class="homeless"><h2>{}</h2>{cards}</section>"#,
                self.word("without_a_place")
            ),
        };
        format!("{none}{rows}{rest}")
    }

    /// A text, and beside it the cards of the statements that begin there.
    fn row(&self, marked: &Marked<'_>) -> String {
        let element = match marked.block {
            None => "h1",
            Some(Block::Heading { .. }) => "h2",
            Some(_) => "p",
        };
        let mut numbered = HashSet::new();
        let home: HashSet<usize> = marked.home_of.iter().copied().collect();
        let runs = marks::runs(marked.text, &marked.pieces);
        let text: String = runs
            .iter()
            .map(|run| {
                let numbers = run.begins.iter().map(|&statement| {
                    let is_first = home.contains(&statement) && numbered.insert(statement);
                    self.number(statement, is_first)
                });
                numbers.collect::<String>() + &self.run(run)
            })
            .collect();
        let cards = self.cards(&marked.home_of, true);
        format!(
            r#"<div class="row"><{element} class="text">{text}</{element}>{cards}</div>
"#
        )
    }

    /// The number before a statement's words, which leads to its card; the card leads back to the first of them.
    fn number(&self, statement: usize, is_first: bool) -> String {
        let number = statement + 1;
        let id = if is_first {
            format!(r#" id="m{number}""#)
        } else {
            String::new()
        };
        let label = self.word("statement");
        let classes = self.classes(statement);
        format!(
            r##"<a class="number m{number} {classes}"{id} href="#s{number}" aria-label="{label} {number}">{number}</a>"##
        )
    }

    fn run(&self, run: &Run<'_>) -> String {
        let open = run.of.iter().map(|statement| {
            format!(
                r#"<mark class="m{} {}">"#,
                statement + 1,
                self.classes(*statement)
            )
        });
        open.collect::<String>() + &escaped(run.text) + &"</mark>".repeat(run.of.len())
    }

    fn classes(&self, statement: usize) -> String {
        self.statements
            .get(statement)
            .map_or(String::new(), cards::classes)
    }

    fn cards(&self, statements: &[usize], have_place: bool) -> String {
        let cards = statements.iter().filter_map(|&at| {
            let statement = self.statements.get(at)?;
            Some(cards::card(
                statement,
                at + 1,
                &self.names,
                &self.words,
                have_place,
            ))
        });
        let cards: String = cards.collect();
        match cards.is_empty() {
            true => cards,
            false => format!(
                r#"<ol class="cards" aria-label="{}">{cards}</ol>"#,
                self.word("statements")
            ),
        }
    }

    fn left_out(&self) -> String {
        let lines = self.extracted.left_out.iter();
        let lines: String = lines
            .map(|line| format!(r#"<li dir="auto">{}</li>"#, escaped(line)))
            .collect();
        match lines.is_empty() {
            true => lines,
            false => format!(
                r#"<section class="left-out" aria-labelledby="left-out"><h2 id="left-out">{}</h2><ul>{lines}</ul></section>
"#,
                self.word("left_out")
            ),
        }
    }
}
