//! Articles in Markdown (CommonMark): every block is a line, its first heading of the first level the headline.
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Manuscript;

/// Reads the text of a Markdown file. Front matter, pictures, code and raw HTML are no text of it.
pub fn read(markdown: &str) -> Manuscript {
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_STRIKETHROUGH;
    let mut text = String::new();
    let mut line = String::new();
    let mut title = None;
    let mut passed_over = 0_usize;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(
                Tag::MetadataBlock(_) | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. },
            ) => {
                passed_over += 1;
            }
            Event::End(
                TagEnd::MetadataBlock(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Image,
            ) => passed_over = passed_over.saturating_sub(1),
            _ if passed_over > 0 => {}
            Event::Text(words) | Event::Code(words) => line.push_str(&words),
            Event::SoftBreak => line.push(' '),
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if title.is_none() && text.is_empty() => {
                title = Some(std::mem::take(&mut line));
            }
            Event::HardBreak
            | Event::Start(Tag::Item | Tag::List(_))
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => {
                end(&mut line, &mut text);
            }
            _ => {}
        }
    }
    end(&mut line, &mut text);
    Manuscript {
        text,
        title,
        ..Manuscript::default()
    }
}

fn end(line: &mut String, text: &mut String) {
    if !line.trim().is_empty() {
        text.push_str(line.trim());
        text.push('\n');
    }
    line.clear();
}
