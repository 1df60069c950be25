//! An extraction as a table for a terminal.
mod cells;
#[cfg(test)]
mod tests;

use self::cells::{GAP, Line, width};
use super::chains::{Link, Names, Party, Taken, other_names, taken};
use super::types::{Extracted, FoundName};
use crate::statements::types::Form;
use crate::statements::write_shape::NewStatement;

/// A narrower terminal breaks the lines itself.
const NARROWEST: usize = 60;
/// Of how sure a rule is, in per cent.
const SURE: usize = 4;
/// Of a column, however long what stands in it.
const WIDEST: usize = 30;

/// The statements, two lines each: what is known of it with its chain from the mouth outward, then its words; then the names
/// and who they were taken for; then what was left out. No line is wider than `width`, unless that is very narrow.
pub fn table(extracted: &Extracted, width: usize) -> String {
    let table = Table {
        width: width.max(NARROWEST),
        extracted,
    };
    [
        table.head(),
        table.statements(),
        table.names(),
        table.left_out(),
    ]
    .concat()
}

struct Table<'a> {
    width: usize,
    extracted: &'a Extracted,
}

impl Table<'_> {
    fn line(&self) -> Line {
        Line::new(self.width)
    }

    fn head(&self) -> String {
        let Extracted {
            article,
            names,
            left_out,
        } = self.extracted;
        let counts = [
            counted(article.statements.iter().flatten().count(), "statement"),
            counted(names.len(), "name"),
            counted(left_out.len(), "line") + " left out",
        ];
        let title = article.title.iter();
        let title: String = title.map(|title| self.line().add(title).end()).collect();
        let language = article.language.as_deref().unwrap_or_default();
        title
            + &self
                .line()
                .add(&format!("{language}: {}", counts.join(", ")))
                .end()
    }

    fn statements(&self) -> String {
        let statements = || self.extracted.article.statements.iter().flatten();
        if statements().next().is_none() {
            return String::new();
        }
        let names = Names::of(self.extracted);
        let columns = Columns {
            number: statements().count().to_string().len(),
            form: widest(Form::ALL.iter().map(|form| form.as_str())),
            rule: widest(
                statements()
                    .filter_map(|one| one.rule.as_deref())
                    .chain(["rule"]),
            ),
        };
        let heading = self.begun(&columns, ["#", "form", "sure", "rule"]);
        let rows = statements().zip(1..).map(|(statement, number)| {
            let chain = names.chain(statement);
            self.statement(&columns, statement, number, &chain)
        });
        format!(
            "\n{}{}",
            heading.add("said by → through").end(),
            rows.collect::<String>()
        )
    }

    fn begun(&self, columns: &Columns, [number, form, sure, rule]: [&str; 4]) -> Line {
        self.line()
            .column(&format!("{number:>0$}", columns.number), columns.number)
            .column(form, columns.form)
            .column(&format!("{sure:>SURE$}"), SURE)
            .column(rule, columns.rule)
    }

    fn statement(
        &self,
        columns: &Columns,
        statement: &NewStatement,
        number: usize,
        chain: &[Link<'_>],
    ) -> String {
        let sure = statement
            .confidence
            .map(|sure| format!("{:.0}%", sure * 100.0));
        let begun = self.begun(
            columns,
            [
                &number.to_string(),
                statement.form.map_or("", Form::as_str),
                &sure.unwrap_or_default(),
                statement.rule.as_deref().unwrap_or_default(),
            ],
        );
        let indent = " ".repeat(columns.number + GAP);
        let quote = statement.quote.as_deref().unwrap_or_default();
        self.chain(columns, begun, chain) + &self.line().add(&indent).add(quote).end()
    }

    /// A chain behind what its line has already, and on the next lines where it is too long for that.
    fn chain(&self, columns: &Columns, begun: Line, chain: &[Link<'_>]) -> String {
        let (mut lines, mut line) = (String::new(), begun);
        for (at, link) in chain.iter().enumerate() {
            let arrow = if at == 0 { "" } else { " → " };
            let room = self.width - columns.before_chain();
            let link = party(Line::new(room).add(arrow), link);
            line = line.join(link).unwrap_or_else(|(full, link)| {
                lines.push_str(&full.end());
                let indent = " ".repeat(columns.before_chain());
                let next = self.line().add(&indent);
                next.join(link).unwrap_or_else(|(next, _)| next)
            });
        }
        lines + &line.end()
    }

    fn names(&self) -> String {
        let names = &self.extracted.names;
        if names.is_empty() {
            return String::new();
        }
        let name_width = widest(names.iter().map(|name| name.name.as_str()).chain(["name"]));
        let kind_width = widest(names.iter().map(|name| name.kind.as_str()).chain(["kind"]));
        let begun = |name: &str, kind: &str| {
            let line = self.line().column(name, name_width);
            line.column(kind, kind_width)
        };
        let rows = names.iter().map(|name| {
            let line = begun(&name.name, &name.kind);
            also(record(line, name), name).end()
        });
        let heading = begun("name", "kind").add("taken for").end();
        format!("\n{heading}{}", rows.collect::<String>())
    }

    fn left_out(&self) -> String {
        let lines = self.extracted.left_out.iter();
        let lines: String = lines.map(|line| self.line().add(line).end()).collect();
        match lines.is_empty() {
            true => lines,
            false => format!("\nleft out\n{lines}"),
        }
    }
}

struct Columns {
    number: usize,
    form: usize,
    rule: usize,
}

impl Columns {
    /// Where chains begin.
    fn before_chain(&self) -> usize {
        self.number + self.form + SURE + self.rule + 4 * GAP
    }
}

/// A link of a chain, and who it is where the text names it otherwise.
fn party(line: Line, link: &Link<'_>) -> Line {
    let line = line.add(link.label());
    match (link.party, link.full_name()) {
        (Party::Unnamed(Some(count)), _) => line.add(&format!(" (unnamed, {count})")),
        (Party::Unnamed(None), _) => line.add(" (unnamed)"),
        (_, Some(name)) => line.add(" = ").add(name),
        (_, None) if link.as_named.is_none() => line.add(" (understood)"),
        (_, None) => line,
    }
}

fn record(line: Line, name: &FoundName) -> Line {
    match taken(name) {
        Taken::New => line.add("new"),
        Taken::Record(record) => line.add("record ").add(&record.slug),
        Taken::Several(slugs) => slugs.iter().enumerate().fold(line, |line, (at, slug)| {
            let joint = if at == 0 { "one of " } else { ", " };
            line.add(joint).add(slug)
        }),
    }
}

/// The other ways in which the text names it.
fn also(line: Line, name: &FoundName) -> Line {
    other_names(name)
        .enumerate()
        .fold(line, |line, (at, other)| {
            let joint = if at == 0 { "; named " } else { ", " };
            line.add(joint).add(other)
        })
}

fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    texts.map(width).max().unwrap_or(0).min(WIDEST)
}

fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
