//! Text within the columns of a terminal: harmless, isolated from its neighbours, and cut to fit.
use unicode_width::UnicodeWidthChar;

const ISOLATE: &str = "\u{2068}";
const END_OF_ISOLATE: &str = "\u{2069}";

/// A line that takes what fits.
pub struct Line {
    text: String,
    room: usize,
    used: usize,
}

impl Line {
    pub fn new(room: usize) -> Self {
        Self {
            text: String::new(),
            room,
            used: 0,
        }
    }

    /// Adds a text, cut where the line ends. What runs right to left is isolated, so that it orders itself and nothing
    /// around it.
    pub fn add(mut self, text: &str) -> Self {
        let (shown, width) = fit(text, self.room - self.used);
        self.used += width;
        match shown.contains(runs_right_to_left) {
            true => self.text.extend([ISOLATE, &shown, END_OF_ISOLATE]),
            false => self.text.push_str(&shown),
        }
        self
    }

    /// Adds a text in a column of its own, and a gap behind it.
    pub fn column(self, text: &str, width: usize) -> Self {
        let (shown, used) = fit(text, width);
        self.add(&shown).add(&" ".repeat(width - used + GAP))
    }

    /// Adds what another line took; or gives it back, where it does not fit.
    pub fn join(mut self, other: Self) -> Result<Self, (Self, Self)> {
        if self.used + other.used > self.room {
            return Err((self, other));
        }
        self.used += other.used;
        self.text.push_str(&other.text);
        Ok(self)
    }

    pub fn end(self) -> String {
        format!("{}\n", self.text.trim_end_matches(' '))
    }
}

/// Blanks between two columns.
pub const GAP: usize = 2;

/// What a text takes on a terminal, which gives every character cells of its own: none to a combining mark, two to a
/// Chinese one. Ligatures do not count: hardly a terminal has them.
pub fn width(text: &str) -> usize {
    printable(text).map(cells).sum()
}

fn cells(character: char) -> usize {
    character.width().unwrap_or(0)
}

/// As much of a text as fits, and the cells that it takes.
fn fit(text: &str, room: usize) -> (String, usize) {
    let whole = width(text);
    if whole <= room {
        return (printable(text).collect(), whole);
    }
    let (mut kept, mut used) = (String::new(), 0);
    for character in printable(text) {
        if used + cells(character) >= room {
            break;
        }
        used += cells(character);
        kept.push(character);
    }
    if room == 0 {
        return (kept, 0);
    }
    kept.push('…');
    (kept, used + 1)
}

/// A text without what would command the terminal, or turn the order of what stands around.
fn printable(text: &str) -> impl Iterator<Item = char> {
    let ordering = |c: &char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let shown = text.chars().filter(move |c| !ordering(c));
    shown.map(|character| match character {
        blank if blank.is_whitespace() => ' ',
        control if control.is_control() => char::REPLACEMENT_CHARACTER,
        other => other,
    })
}

/// Whether a character is of a script that runs right to left (or stands in the blocks that Unicode keeps for such).
fn runs_right_to_left(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combining_marks_take_no_cell_and_wide_characters_two() {
        assert_eq!(width("قال"), 3);
        assert_eq!(width("قَالَ"), 3, "vowel marks");
        assert_eq!(width("e\u{301}té"), 3);
        assert_eq!(width("新聞"), 4);
        assert_eq!(width("لا"), 2, "two letters, whatever a font joins");
    }

    #[test]
    fn a_text_is_cut_where_the_room_ends_and_keeps_the_marks_of_its_last_letter() {
        assert_eq!(fit("abcdef", 6), ("abcdef".to_owned(), 6));
        assert_eq!(fit("abcdef", 4), ("abc…".to_owned(), 4));
        assert_eq!(fit("新聞社", 5), ("新聞…".to_owned(), 5));
        assert_eq!(
            fit("新聞社", 4),
            ("新…".to_owned(), 3),
            "half a character is none"
        );
        assert_eq!(fit("قَالَ", 2), ("قَ…".to_owned(), 2));
        assert_eq!(fit("abc", 0), (String::new(), 0));
    }

    #[test]
    fn commands_to_the_terminal_are_not_passed_on() {
        let shown = Line::new(40).add("a\u{1b}[31mb\r\n\tc\u{7}\u{9b}d\0").end();
        assert_eq!(shown, "a\u{FFFD}[31mb   c\u{FFFD}\u{FFFD}d\u{FFFD}\n");
    }

    #[test]
    fn bidi_controls_of_a_text_cannot_end_its_isolation() {
        let shown = Line::new(40)
            .add("\u{2069}\u{202E}نص\u{202C}\u{2067}")
            .end();
        assert_eq!(shown, "\u{2068}نص\u{2069}\n");
    }

    #[test]
    fn columns_are_padded_behind_what_they_isolate() {
        let line = Line::new(20)
            .column("قال", 5)
            .column("abcdefgh", 4)
            .add("end")
            .end();
        assert_eq!(line, "\u{2068}قال\u{2069}    abc…  end\n");
    }
}
