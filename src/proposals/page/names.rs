//! The names of an extraction, who they were taken for, and in which statements they are.
use super::escape::escaped;
use super::words::Words;
use crate::proposals::chains::{Names, Party, Taken, other_names, taken};
use crate::proposals::types::{Extracted, FoundName};

pub fn table(extracted: &Extracted, names: &Names<'_>, words: &Words) -> String {
    if extracted.names.is_empty() {
        return String::new();
    }
    let word = |key| escaped(words.of_key(key));
    let mut statements: Vec<Vec<usize>> = vec![Vec::new(); extracted.names.len()];
    let numbered = extracted.article.statements.iter().flatten().zip(1..);
    for (statement, number) in numbered {
        for link in names.chain(statement) {
            let Party::Named(at, _) = link.party else {
                continue;
            };
            let there = statements.get_mut(at);
            there.into_iter().for_each(|numbers| numbers.push(number));
        }
    }
    let rows = extracted.names.iter().zip(&statements);
    let rows: String = rows
        .map(|(name, numbers)| row(name, numbers, words))
        .collect();
    format!(
        r#"<section class="names" aria-labelledby="names"><h2 id="names">{}</h2>
<table><thead><tr><th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th></tr></thead>
<tbody>{rows}</tbody></table></section>
"#,
        word("names"),
        word("name"),
        word("taken_for"),
        word("statements"),
    )
}

fn row(name: &FoundName, statements: &[usize], words: &Words) -> String {
    let word = |key| escaped(words.of_key(key));
    let others = other_names(name).map(|other| format!("<bdi>{}</bdi>", escaped(other)));
    let others: Vec<String> = others.collect();
    let others = match others.is_empty() {
        true => String::new(),
        false => format!(
            r#"<p class="also"><span>{}</span> {}</p>"#,
            word("as_named"),
            others.join(" · ")
        ),
    };
    let links = statements.iter().map(|number| {
        let label = word("statement");
        format!(
            r##"<a class="number" href="#s{number}" aria-label="{label} {number}">{number}</a> "##
        )
    });
    format!(
        r#"<tr><th scope="row"><bdi>{}</bdi>{others}</th><td>{}</td><td>{}</td></tr>
"#,
        escaped(&name.name),
        record(name, words),
        links.collect::<String>(),
    )
}

fn record(name: &FoundName, words: &Words) -> String {
    let word = |key| escaped(words.of_key(key));
    let kind = escaped(words.of_key(&name.kind));
    let slug = |slug: &String| format!(r#"<bdi class="slug">{}</bdi>"#, escaped(slug));
    let (state, text, slugs) = match taken(name) {
        Taken::Record(record) => ("record", word("record"), slug(&record.slug)),
        Taken::Several(slugs) => ("several", word("several"), slugs.iter().map(slug).collect()),
        Taken::New => ("new", word("new"), String::new()),
    };
    format!(r#"<span class="state {state}">{text}</span> <span class="kind">{kind}</span>{slugs}"#)
}
