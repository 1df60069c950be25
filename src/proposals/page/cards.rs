//! A statement beside the text: its chain drawn from the mouth outward, and how it was found.
use super::escape::escaped;
use super::words::Words;
use crate::proposals::chains::{Link, Names, Party, Taken, taken};
use crate::statements::write_shape::NewStatement;

/// How sure a rule is: the class for it, and from how many per cent on.
pub const LEVELS: [(&str, f64); 3] = [("sure", 90.0), ("likely", 75.0), ("doubtful", 0.0)];

fn percent(statement: &NewStatement) -> Option<f64> {
    statement.confidence.map(|sure| (sure * 100.0).round())
}

/// The classes of a statement: its form, and how sure its rule is.
pub fn classes(statement: &NewStatement) -> String {
    let form = statement.form.map_or("", |form| form.as_str());
    let level = percent(statement).and_then(|percent| {
        let mut levels = LEVELS.iter();
        levels.find(|(_, from)| percent >= *from)
    });
    format!("{form} {}", level.map_or("", |(level, _)| level))
}

/// The card of a statement, numbered from 1. Without a place in the text it shows the words itself.
pub fn card(
    statement: &NewStatement,
    number: usize,
    names: &Names<'_>,
    words: &Words,
    has_place: bool,
) -> String {
    let word = |key| escaped(words.of_key(key));
    let links = names.chain(statement);
    let links: String = links.iter().map(|link| hop(link, words)).collect();
    let sure = percent(statement).map(|percent| {
        let name = word("confidence");
        format!(r#" <span class="unseen">{name}</span> <bdi class="sureness">{percent}%</bdi>"#)
    });
    let head = match has_place {
        true => format!(
            r##"<a class="number" href="#m{number}" aria-label="{} {number}: {}">{number}</a>"##,
            word("statement"),
            word("to_the_words"),
        ),
        false => format!(r#"<span class="number">{number}</span>"#),
    };
    let quote = statement.quote.as_deref().filter(|_| !has_place);
    format!(
        r#"<li class="card m{number} {}" id="s{number}"><p class="how">{head} <span class="form">{}</span>{} <span class="rule">{}</span></p>{}<ol class="chain">{links}</ol></li>
"#,
        classes(statement),
        word(statement.form.map_or("", |form| form.as_str())),
        sure.unwrap_or_default(),
        rule(statement, words),
        quote.map_or(String::new(), |quote| format!(
            r#"<p class="words" dir="auto">{}</p>"#,
            escaped(quote)
        )),
    )
}

/// What a rule is called. One has the name of a role, which is called otherwise.
fn rule(statement: &NewStatement, words: &Words) -> String {
    match statement.rule.as_deref().unwrap_or_default() {
        "relay" => escaped(words.of_key("relay_rule")),
        rule => escaped(words.of_key(rule)),
    }
}

fn hop(link: &Link<'_>, words: &Words) -> String {
    let word = |key| escaped(words.of_key(key));
    let unnamed = match link.party {
        Party::Unnamed(_) => " unnamed",
        Party::Named(..) | Party::Unlisted(_) => "",
    };
    let cue = link
        .cue
        .map(|cue| format!(r#" <q class="cue" dir="auto">{}</q>"#, escaped(cue)));
    format!(
        r#"<li class="hop {role}{unnamed}"><span class="unseen">{}</span> <bdi class="party">{}</bdi>{}{}</li>"#,
        word(link.role.as_str()),
        escaped(link.label()),
        cue.unwrap_or_default(),
        identity(link, words),
        role = link.role.as_str(),
    )
}

/// Who a party was taken for.
fn identity(link: &Link<'_>, words: &Words) -> String {
    let word = |key| escaped(words.of_key(key));
    let name = link.full_name();
    let name = name.map_or(String::new(), |name| {
        format!(" <bdi>{}</bdi>", escaped(name))
    });
    let understood = match link.as_named {
        Some(_) => String::new(),
        None => format!(r#"<span class="state none">{}</span> "#, word("understood")),
    };
    let state = |class: &str, text: String| {
        format!(
            r#" <span class="taken">{understood}<span class="state {class}">{text}</span>{name}</span>"#
        )
    };
    match link.party {
        Party::Unnamed(Some(count)) => state("none", format!("{} × {count}", word("unnamed"))),
        Party::Unnamed(None) => state("none", word("unnamed")),
        Party::Unlisted(_) => String::new(),
        Party::Named(_, name) => match taken(name) {
            Taken::Record(_) => state("record", word("record")),
            Taken::Several(_) => state("several", word("several")),
            Taken::New => state("new", word("new")),
        },
    }
}
