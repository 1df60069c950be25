//! The body of an article as it was written: blocks, or plain text that becomes blocks.
use super::check_image;
use crate::articles::types::{Block, Image, Mark, MarkType};
use crate::domain::fault::Faults;
use crate::domain::{bounds, checked, text};

pub(super) fn check_body(
    body: Option<Vec<Block>>,
    plain: Option<String>,
    faults: &mut Faults,
) -> Vec<Block> {
    let (member, body) = match (body, plain) {
        (Some(body), None) => ("body", body),
        (None, Some(plain)) => ("text", blocks_of(&plain)),
        (Some(_), Some(_)) => {
            faults.add(
                "text",
                "invalid_body",
                "there are both `body` and `text`; give one",
            );
            return Vec::new();
        }
        (None, None) => {
            faults.add(
                "body",
                "required",
                "`body` is missing: blocks, or plain `text` instead",
            );
            return Vec::new();
        }
    };
    checked::count(faults, member, body.len(), bounds::BLOCKS);
    let body: Vec<Block> = faults.within(member, |faults| {
        let check = |(at, block)| faults.within(at, |faults| check_block(block, faults));
        body.into_iter().enumerate().map(check).collect()
    });
    let length: usize = body.iter().map(block_length).sum();
    if length > bounds::BODY {
        faults.add(
            member,
            "too_long",
            format!("has {length} characters; the bound is {}", bounds::BODY),
        );
    }
    body
}

/// Plain text as blocks: every line is one. A line that is short, does not end as a sentence does and stands before a
/// longer line is a sub-heading.
fn blocks_of(plain: &str) -> Vec<Block> {
    const HEADING: usize = 100;
    const SENTENCE_ENDS: &[char] = &[
        '.', '!', '?', '؟', '…', ':', '"', '\'', '”', '’', '»', '›', ')', ']', '}',
    ];
    let lines: Vec<&str> = plain
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let length = |line: &str| line.chars().count();
    let followers = lines.iter().skip(1).map(Some).chain([None]);
    lines
        .iter()
        .zip(followers)
        .map(|(line, next)| {
            let heading = length(line) <= HEADING
                && !line.ends_with(SENTENCE_ENDS)
                && next.is_some_and(|next| length(next) > length(line));
            let text = (*line).to_owned();
            if heading {
                Block::Heading { level: 2, text }
            } else {
                Block::Paragraph { text, marks: None }
            }
        })
        .collect()
}

fn block_length(block: &Block) -> usize {
    match block {
        Block::List { items, .. } => items.iter().map(|item| item.chars().count()).sum(),
        _ => block.text().map_or(0, |text| text.chars().count()),
    }
}

fn check_block(block: Block, faults: &mut Faults) -> Block {
    let text = |faults: &mut Faults, text| {
        checked::required_text(faults, "text", Some(text), bounds::BLOCK)
    };
    let caption = |faults: &mut Faults, caption| {
        checked::optional_text(faults, "caption", caption, bounds::STRING)
    };
    match block {
        Block::Heading { level, text: words } => {
            if !(1..=6).contains(&level) {
                faults.add("level", "invalid_value", "must be from 1 to 6");
            }
            Block::Heading {
                level,
                text: text(faults, words),
            }
        }
        Block::Paragraph { text: words, marks } => {
            let text = text(faults, words);
            let marks = marks.filter(|marks| !marks.is_empty());
            if let Some(marks) = &marks {
                check_marks(marks, &text, faults);
            }
            Block::Paragraph { text, marks }
        }
        Block::Quote {
            text: words,
            caption: below,
        } => Block::Quote {
            text: text(faults, words),
            caption: caption(faults, below),
        },
        Block::List { ordered, items } => {
            checked::count(faults, "items", items.len(), bounds::BLOCKS);
            if items.is_empty() {
                faults.add("items", "required", "a list has at least one item");
            }
            let items = faults.within("items", |faults| {
                let check = |(at, item): (usize, String)| {
                    checked::required_text(faults, &at.to_string(), Some(item), bounds::BLOCK)
                };
                items.into_iter().enumerate().map(check).collect()
            });
            Block::List { ordered, items }
        }
        Block::Image {
            url,
            alt,
            caption,
            credit,
        } => {
            let image = check_image(
                Image {
                    url,
                    alt,
                    caption,
                    credit,
                },
                faults,
            );
            Block::Image {
                url: image.url,
                alt: image.alt,
                caption: image.caption,
                credit: image.credit,
            }
        }
        Block::Embed {
            url,
            caption: below,
        } => {
            checked::url(faults, "url", &url);
            Block::Embed {
                url,
                caption: caption(faults, below),
            }
        }
    }
}

fn check_marks(marks: &[Mark], text: &str, faults: &mut Faults) {
    checked::count(faults, "marks", marks.len(), bounds::STRING);
    faults.within("marks", |faults| {
        for (at, mark) in marks.iter().enumerate() {
            let slice = usize::try_from(mark.start)
                .ok()
                .zip(usize::try_from(mark.end).ok())
                .and_then(|(start, end)| text::utf16_slice(text, start, end));
            if slice.is_none_or(str::is_empty) {
                faults.add(
                    &at.to_string(),
                    "invalid_mark",
                    format!(
                        "{} to {} is no stretch of the text, in UTF-16 code units",
                        mark.start, mark.end
                    ),
                );
            }
            faults.within(at, |faults| match (mark.kind, &mark.url) {
                (MarkType::Link, None) => faults.add("url", "required", "a link has a `url`"),
                (MarkType::Link, Some(url)) => checked::url(faults, "url", url),
                (_, Some(_)) => faults.add("url", "invalid_mark", "only a link has a `url`"),
                (_, None) => {}
            });
        }
    });
}
