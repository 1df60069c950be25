//! Writes made-up news articles in the write shape, one JSON object a line, for measuring and for
//! trying import: `cargo bench --bench generate -- ARTICLES > articles.ndjson`.
//!
//! The same count gives the same bytes, and a longer run begins with the shorter one. Words follow
//! a zipf distribution, and so do speakers, outlets and tags: a few are everywhere and most are rare,
//! as in real news. Every name and every sentence is invented.
#![expect(
    clippy::indexing_slicing,
    reason = "indexes come from `Random::below` or `Zipf::draw` over the very table they index"
)]

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{BufWriter, ErrorKind, Write as _};
use std::process::ExitCode;

// Writing to a string cannot fail.
macro_rules! put {
    ($text:expr, $($form:tt)*) => {{
        let _ = write!($text, $($form)*);
    }};
}

const SEED: u64 = 0x0069_736e_6164_2e31;
const DEFAULT_ARTICLES: u64 = 1_000;

// Articles are spread over twelve years of which each holds twice as many as the year before, as
// archives grow. So a short run already spans years, and no run reaches past the end.
const FIRST_MOMENT: u64 = 1_404_172_800_000; // 2014-07-01T00:00:00Z
const LAST_MOMENT: u64 = 1_782_777_600_000; // 2026-06-30T00:00:00Z
const YEARS: u64 = 12;
const YEAR: u64 = (LAST_MOMENT - FIRST_MOMENT) / YEARS;
const FIRST_YEAR_ARTICLES: u64 = 250;
const MOST_ARTICLES: u64 = FIRST_YEAR_ARTICLES * ((1 << YEARS) - 1);
const JITTER: u64 = 30 * 60 * 1_000;
const DAY: u64 = 24 * 60 * 60 * 1_000;

const STATEMENTS: usize = 8;
const TAGS: usize = 4;

fn main() -> ExitCode {
    let articles = match wanted(std::env::args().skip(1)) {
        Ok(articles) => articles,
        Err(message) => {
            eprintln!("generate: {message}");
            eprintln!("usage: cargo bench --bench generate -- [ARTICLES]");
            return ExitCode::from(2);
        }
    };
    match generate(articles) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has had enough, as `head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("generate: cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

fn wanted(arguments: impl Iterator<Item = String>) -> Result<u64, String> {
    let mut articles = None;
    for argument in arguments {
        if argument == "--bench" {
            continue; // cargo adds it
        }
        let count: u64 = argument
            .parse()
            .map_err(|_| format!("`{argument}` is not a number of articles"))?;
        if count > MOST_ARTICLES {
            return Err(format!("at most {MOST_ARTICLES} articles, not {count}"));
        }
        if articles.replace(count).is_some() {
            return Err("one number of articles, not several".to_owned());
        }
    }
    Ok(articles.unwrap_or(DEFAULT_ARTICLES))
}

fn generate(articles: u64) -> std::io::Result<()> {
    let world = World::new();
    let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    let mut line = String::new();
    for number in 0..articles {
        line.clear();
        world.article(number, &mut line);
        line.push('\n');
        out.write_all(line.as_bytes())?;
    }
    out.flush()
}

/// SplitMix64: small, fast, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `bound`, without it. `bound` is small, so the bias is too.
    fn below(&mut self, bound: usize) -> usize {
        (((self.next() >> 32) * bound as u64) >> 32) as usize
    }

    fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// Draws ranks in proportion to 1 / rank, by a table of 65,536 equally likely draws.
struct Zipf(Vec<u16>);

impl Zipf {
    fn new(ranks: usize) -> Self {
        const SLOTS: u64 = 1 << 16;
        let weight = |rank: usize| (1 << 32) / (rank as u64 + 1);
        let total: u64 = (0..ranks).map(weight).sum();
        let mut slots = Vec::with_capacity(SLOTS as usize);
        let mut sum = 0;
        for rank in 0..ranks {
            sum += weight(rank);
            slots.resize((sum * SLOTS / total) as usize, rank as u16);
        }
        Self(slots)
    }

    fn draw(&self, random: &mut Random) -> usize {
        self.0[(random.next() >> 48) as usize].into()
    }
}

/// Items of which the first are drawn far more often than the last.
struct Ranked<T> {
    items: Vec<T>,
    zipf: Zipf,
}

impl<T> Ranked<T> {
    fn new(items: Vec<T>) -> Self {
        let zipf = Zipf::new(items.len());
        Self { items, zipf }
    }

    fn draw(&self, random: &mut Random) -> &T {
        &self.items[self.zipf.draw(random)]
    }
}

/// A speaker, an outlet or a tag.
struct Named {
    name: String,
    kind: &'static str,
}

/// What is written in one language, and who is named there.
struct Tongue {
    phrases: &'static Phrases,
    words: Ranked<String>,
    publishers: Ranked<Named>,
    outlets: Ranked<Named>,
    speakers: Ranked<Named>,
    tags: Ranked<Named>,
}

struct World {
    arabic: Tongue,
    english: Tongue,
    french: Tongue,
}

impl World {
    fn new() -> Self {
        let mut random = Random(SEED);
        let mut taken = HashSet::new();
        let arabic_nouns = arabic_words(ARABIC_NOUNS);
        let arabic_others = arabic_words(ARABIC_OTHERS);
        let english_nouns = latin_words(ENGLISH_ENDINGS, &mut random);
        let french_nouns = latin_words(FRENCH_ENDINGS, &mut random);
        let mut tongue = |phrases, nouns, others, sizes| {
            Tongue::new(phrases, nouns, others, sizes, &mut taken, &mut random)
        };
        // Together 40 publishers, 60 quoted outlets, 2,000 speakers and 400 tags.
        Self {
            arabic: tongue(&ARABIC, arabic_nouns, arabic_others, [26, 36, 1_400, 280]),
            english: tongue(&ENGLISH, english_nouns, Vec::new(), [9, 14, 400, 80]),
            french: tongue(&FRENCH, french_nouns, Vec::new(), [5, 10, 200, 40]),
        }
    }

    fn article(&self, number: u64, line: &mut String) {
        let mut random = Random(SEED ^ number.wrapping_add(1).wrapping_mul(0xd134_2543_de82_ef95));
        random.next();
        let tongue = match random.below(100) {
            0..70 => &self.arabic,
            70..90 => &self.english,
            _ => &self.french,
        };
        tongue.article(number, &mut random, line);
    }
}

impl Tongue {
    fn new(
        phrases: &'static Phrases,
        nouns: Vec<String>,
        others: Vec<String>,
        [publishers, outlets, speakers, tags]: [usize; 4],
        taken: &mut HashSet<String>,
        random: &mut Random,
    ) -> Self {
        let mut fill = |count, make: &dyn Fn(&mut Random) -> (String, &'static str)| {
            let mut items = Vec::with_capacity(count);
            while items.len() < count {
                let (name, kind) = make(random);
                if taken.insert(fold(&name)) {
                    items.push(Named { name, kind });
                }
            }
            Ranked::new(items)
        };
        let word = |random: &mut Random| capitalised(&nouns[random.below(nouns.len())]);
        let after = |starts: &[&str], random: &mut Random| {
            format!("{} {}", random.pick(starts), word(random))
        };
        let outlet = |random: &mut Random| (after(phrases.media, random), "");
        let person = |random: &mut Random| {
            let given = random.pick(phrases.given);
            format!("{given} {}{}", phrases.family, word(random))
        };
        let speaker = |random: &mut Random| match random.below(100) {
            0..80 => (person(random), "person"),
            80..94 => (after(phrases.organisations, random), "organisation"),
            _ => (after(phrases.offices, random), "office"),
        };
        let tag = |random: &mut Random| match random.below(100) {
            0..50 => (after(phrases.topics, random), "topic"),
            50..75 => (after(phrases.places, random), "place"),
            75..85 => (person(random), "person"),
            85..95 => (after(phrases.organisations, random), "organisation"),
            _ => (after(phrases.events, random), "event"),
        };
        let publishers = fill(publishers, &outlet);
        let outlets = fill(outlets, &outlet);
        let speakers = fill(speakers, &speaker);
        let tags = fill(tags, &tag);
        let mut made: Vec<String> = nouns.into_iter().chain(others).collect();
        for last in (1..made.len()).rev() {
            made.swap(last, random.below(last + 1));
        }
        // The common words are the frequent ones, in their order; the made ones follow in none.
        let common = phrases.common.split_whitespace().map(str::to_owned);
        let mut seen = HashSet::new();
        let words = common
            .chain(made)
            .filter(|word| seen.insert(word.clone()))
            .collect();
        Self {
            phrases,
            words: Ranked::new(words),
            publishers,
            outlets,
            speakers,
            tags,
        }
    }

    fn article(&self, number: u64, random: &mut Random, line: &mut String) {
        let published_at = moment_of(number) + random.next() % JITTER;
        let language = self.phrases.language;
        line.push_str(r#"{"id":""#);
        push_uuid(line, published_at, random);
        line.push_str(r#"","references":[{"type":"generated","value":""#);
        put!(line, "{number}");
        put!(line, r#""}}],"language":"{language}","title":"#);
        push_json(line, &capitalised(&self.some_words(6, 10, random)));
        if random.percent(70) {
            let mut summary = String::new();
            self.push_sentence(&mut summary, random);
            line.push_str(r#","summary":"#);
            push_json(line, &summary);
        }
        line.push_str(r#","outlet":{"name":"#);
        push_json(line, &self.publishers.draw(random).name);
        put!(line, r#","language":"{language}"}}"#);
        put!(
            line,
            r#","source_url":"https://news.example/{language}/{number}""#
        );
        if random.percent(60) {
            line.push_str(r#","authors":[{"name":"#);
            push_json(line, random.pick(self.phrases.authors));
            line.push_str("}]");
        }
        if random.percent(50) {
            line.push_str(r#","dateline":"#);
            push_json(line, random.pick(self.phrases.cities));
        }
        if random.percent(99) {
            line.push_str(r#","status":"published","published_at":""#);
            push_moment(line, published_at);
            line.push('"');
        } else {
            line.push_str(r#","status":"draft""#);
        }
        self.push_tags(line, random);
        let mut statements = Vec::with_capacity(STATEMENTS);
        self.push_body(line, &mut statements, random);
        line.push_str(r#","statements":["#);
        for (index, statement) in statements.iter().enumerate() {
            if index > 0 {
                line.push(',');
            }
            self.push_statement(line, statement, published_at, random);
        }
        line.push_str("]}");
    }

    fn push_tags(&self, line: &mut String, random: &mut Random) {
        let mut drawn: Vec<usize> = Vec::with_capacity(TAGS);
        line.push_str(r#","tags":["#);
        while drawn.len() < TAGS {
            let rank = self.tags.zipf.draw(random);
            if drawn.contains(&rank) {
                continue;
            }
            if !drawn.is_empty() {
                line.push(',');
            }
            drawn.push(rank);
            push_named(line, &self.tags.items[rank]);
        }
        line.push(']');
    }

    /// Ten blocks: prose under headings, now and then a quote block, a list or an image.
    fn push_body<'a>(
        &'a self,
        line: &mut String,
        statements: &mut Vec<Statement<'a>>,
        random: &mut Random,
    ) {
        let blocks = match random.below(100) {
            0..64 => "pphppphppp",
            64..76 => "pphpqphppp",
            76..88 => "pphplphppp",
            _ => "pihppphppp",
        };
        let prose = |kind: &char| !matches!(kind, 'h' | 'i');
        let mut places = blocks.chars().filter(prose).count();
        let words = random.between(425, 670) / places;
        line.push_str(r#","body":["#);
        for (index, kind) in blocks.chars().enumerate() {
            if index > 0 {
                line.push(',');
            }
            match kind {
                'h' => self.push_heading(line, random),
                'i' => self.push_image(line, random),
                'q' => statements.push(self.push_quote(line, index, random)),
                'l' => statements.push(self.push_list(line, index, random)),
                _ => {
                    // What is left is shared out evenly; a paragraph may hold two.
                    let share = (STATEMENTS - statements.len()).div_ceil(places);
                    let mut text = String::new();
                    if index == 0 && random.percent(2) {
                        text.push_str("🔴 "); // two UTF-16 units: offsets are not characters
                    }
                    let mut written = self.push_sentence(&mut text, random);
                    for _ in 0..share {
                        text.push(' ');
                        let statement = self.push_report(&mut text, (index, None), random);
                        written += 10 + statement.quote.split(' ').count();
                        statements.push(statement);
                    }
                    while written < words {
                        text.push(' ');
                        written += self.push_sentence(&mut text, random);
                    }
                    line.push_str(r#"{"type":"paragraph","text":"#);
                    push_json(line, &text);
                    line.push('}');
                }
            }
            if prose(&kind) {
                places -= 1;
            }
        }
        line.push(']');
    }

    fn push_heading(&self, line: &mut String, random: &mut Random) {
        line.push_str(r#"{"type":"heading","level":2,"text":"#);
        push_json(line, &capitalised(&self.some_words(3, 6, random)));
        line.push('}');
    }

    fn push_image(&self, line: &mut String, random: &mut Random) {
        let number = random.next() >> 32;
        put!(
            line,
            r#"{{"type":"image","url":"https://images.example/{number:08x}.jpg","alt":"#
        );
        push_json(line, &capitalised(&self.some_words(4, 8, random)));
        line.push('}');
    }

    /// The whole block is the quote.
    fn push_quote(&self, line: &mut String, block: usize, random: &mut Random) -> Statement<'_> {
        let quote = self.some_words(12, 28, random);
        line.push_str(r#"{"type":"quote","text":"#);
        push_json(line, &quote);
        line.push('}');
        let (start, end) = (0, units(&quote));
        let place = Place {
            block,
            item: None,
            start,
            end,
        };
        let voices = self.voices(random);
        Statement {
            place,
            quote,
            form: "direct",
            cue: None,
            voices,
        }
    }

    /// Three items, of which one reports what somebody said.
    fn push_list(&self, line: &mut String, block: usize, random: &mut Random) -> Statement<'_> {
        let mut report = String::new();
        let item = random.below(3);
        let statement = self.push_report(&mut report, (block, Some(item)), random);
        line.push_str(r#"{"type":"list","ordered":false,"items":["#);
        for index in 0..3 {
            if index > 0 {
                line.push(',');
            }
            if index == item {
                push_json(line, &report);
            } else {
                let mut text = String::new();
                self.push_sentence(&mut text, random);
                push_json(line, &text);
            }
        }
        line.push_str("]}");
        statement
    }

    /// A sentence that says who said what, and the statement it makes.
    fn push_report<'a>(
        &'a self,
        text: &mut String,
        (block, item): (usize, Option<usize>),
        random: &mut Random,
    ) -> Statement<'a> {
        let [open, close] = self.phrases.quotation_marks;
        let voices = self.voices(random);
        let templates = match (&voices.relay, voices.outlet) {
            (Some(_), _) => self.phrases.relayed,
            (None, Some(_)) => self.phrases.carried,
            (None, None) => self.phrases.plain,
        };
        let (template, cue) = random.pick(templates);
        push_filled(text, template, &voices);
        let form = ["direct", "indirect", "indirect", "mixed"][random.below(4)];
        if form == "direct" {
            text.push_str(open);
        }
        let start_byte = text.len();
        let start = units(text);
        let length = random.between(10, 26);
        self.push_words(text, length, random);
        if form == "mixed" {
            text.push(' ');
            text.push_str(open);
            let length = random.between(3, 6);
            self.push_words(text, length, random);
            text.push_str(close);
        }
        let quote = text[start_byte..].to_owned();
        let end = start + units(&quote);
        if form == "direct" {
            text.push_str(close);
        }
        text.push('.');
        Statement {
            place: Place {
                block,
                item,
                start,
                end,
            },
            quote,
            form,
            cue: Some(cue),
            voices,
        }
    }

    /// Who says it and who carries it: one to three hops, a quarter of them from unnamed mouths.
    fn voices<'a>(&'a self, random: &mut Random) -> Voices<'a> {
        let hops = random.pick(&[1, 1, 1, 2, 2, 2, 3, 3]);
        let speaker = if random.percent(25) {
            Voice::Unnamed(random.pick(self.phrases.unnamed))
        } else {
            Voice::Named {
                who: self.speakers.draw(random),
                title: self.title(random),
            }
        };
        let relay = (hops == 3).then(|| self.relay(&speaker, random));
        let outlet = (hops > 1).then(|| self.outlets.draw(random));
        Voices {
            speaker,
            relay,
            outlet,
        }
    }

    fn relay<'a>(&'a self, speaker: &Voice<'a>, random: &mut Random) -> Voice<'a> {
        if random.percent(10) {
            return Voice::Unnamed(self.phrases.unnamed_media);
        }
        loop {
            let who = self.speakers.draw(random);
            match speaker {
                Voice::Named { who: other, .. } if other.name == who.name => {}
                _ => return Voice::Named { who, title: None },
            }
        }
    }

    fn title(&self, random: &mut Random) -> Option<&'static str> {
        random.percent(30).then(|| random.pick(self.phrases.titles))
    }

    fn push_statement(
        &self,
        line: &mut String,
        statement: &Statement<'_>,
        published_at: u64,
        random: &mut Random,
    ) {
        put!(line, r#"{{"form":"{}","quote":"#, statement.form);
        push_json(line, &statement.quote);
        push_voices(line, statement, random);
        if random.percent(25) {
            line.push_str(r#","said_at":""#);
            push_moment(line, published_at - published_at % DAY);
            line.push_str(r#"","said_precision":"day""#);
        }
        // The other half is left for the server to find.
        if random.percent(50) {
            let Place {
                block,
                item,
                start,
                end,
            } = statement.place;
            put!(line, r#","anchor":{{"in":"body","block":{block}"#);
            if let Some(item) = item {
                put!(line, r#","item":{item}"#);
            }
            put!(line, r#","start":{start},"end":{end},"exact":"#);
            push_json(line, &statement.quote);
            line.push('}');
        }
        line.push('}');
    }

    fn push_sentence(&self, text: &mut String, random: &mut Random) -> usize {
        let start = text.len();
        let length = random.between(9, 22);
        self.push_words(text, length, random);
        if let Some(first) = text[start..].chars().next()
            && !first.is_uppercase()
        {
            let upper: String = first.to_uppercase().collect();
            text.replace_range(start..start + first.len_utf8(), &upper);
        }
        text.push('.');
        length
    }

    fn some_words(&self, least: usize, most: usize, random: &mut Random) -> String {
        let mut text = String::new();
        let count = random.between(least, most);
        self.push_words(&mut text, count, random);
        text
    }

    fn push_words(&self, text: &mut String, count: usize, random: &mut Random) {
        for index in 0..count {
            if index > 0 {
                text.push(' ');
            }
            match random.below(64) {
                0 => put!(text, "{}", random.between(2, 2_000)),
                chance => {
                    text.push_str(self.words.draw(random));
                    if chance < 5 && index + 1 < count {
                        text.push_str(self.phrases.comma);
                    }
                }
            }
        }
    }
}

/// Where a quote stands: UTF-16 units into the text of a block, or of one item of a list.
#[derive(Clone, Copy)]
struct Place {
    block: usize,
    item: Option<usize>,
    start: usize,
    end: usize,
}

struct Statement<'a> {
    place: Place,
    quote: String,
    form: &'static str,
    cue: Option<&'static str>,
    voices: Voices<'a>,
}

struct Voices<'a> {
    speaker: Voice<'a>,
    relay: Option<Voice<'a>>,
    outlet: Option<&'a Named>,
}

enum Voice<'a> {
    Named {
        who: &'a Named,
        title: Option<&'static str>,
    },
    Unnamed(Unnamed),
}

impl Voice<'_> {
    fn push_printed(&self, text: &mut String) {
        match self {
            Voice::Named { who, title } => {
                if let (Some(title), "person") = (title, who.kind) {
                    put!(text, "{title} ");
                }
                text.push_str(&who.name);
            }
            Voice::Unnamed((_, printed, _)) => text.push_str(printed),
        }
    }
}

/// `1` stands for the speaker, `2` for the relay, `3` for the outlet.
fn push_filled(text: &mut String, template: &str, voices: &Voices<'_>) {
    for letter in template.chars() {
        match (letter, &voices.relay, voices.outlet) {
            ('1', _, _) => voices.speaker.push_printed(text),
            ('2', Some(relay), _) => relay.push_printed(text),
            ('3', _, Some(outlet)) => text.push_str(&outlet.name),
            _ => text.push(letter),
        }
    }
}

fn push_voices(line: &mut String, statement: &Statement<'_>, random: &mut Random) {
    let Voices {
        speaker,
        relay,
        outlet,
    } = &statement.voices;
    // A simple client gives the shortcuts and leaves the chain to the server.
    if let (Voice::Named { who, title: None }, None, true) = (speaker, relay, random.percent(15)) {
        line.push_str(r#","speaker":"#);
        push_named(line, who);
        if let Some(outlet) = outlet {
            line.push_str(r#","outlet":"#);
            push_named(line, outlet);
        }
        return;
    }
    line.push_str(r#","attribution":[{"role":"speaker""#);
    push_voice(line, speaker);
    if let Some(cue) = statement.cue {
        line.push_str(r#","cue":"#);
        push_json(line, cue);
    }
    line.push('}');
    if let Some(relay) = relay {
        line.push_str(r#",{"role":"relay""#);
        push_voice(line, relay);
        line.push('}');
    }
    if let Some(outlet) = outlet {
        line.push_str(r#",{"role":"outlet","outlet":"#);
        push_named(line, outlet);
        line.push('}');
    }
    line.push(']');
}

fn push_voice(line: &mut String, voice: &Voice<'_>) {
    let mut printed = String::new();
    voice.push_printed(&mut printed);
    let usual = match voice {
        Voice::Named { who, .. } => {
            line.push_str(r#","speaker":"#);
            push_named(line, who);
            &who.name
        }
        Voice::Unnamed((label, _, count)) => {
            line.push_str(r#","anonymous":{"label":"#);
            push_json(line, label);
            if let Some(count) = count {
                put!(line, r#","count":{count}"#);
            }
            line.push('}');
            *label
        }
    };
    if printed != usual {
        line.push_str(r#","as_named":"#);
        push_json(line, &printed);
    }
}

fn push_named(line: &mut String, Named { name, kind }: &Named) {
    line.push_str(r#"{"name":"#);
    push_json(line, name);
    if !kind.is_empty() {
        put!(line, r#","kind":"{kind}""#);
    }
    line.push('}');
}

fn push_json(line: &mut String, text: &str) {
    line.push('"');
    let mut rest = text;
    while let Some(at) = rest
        .bytes()
        .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))
    {
        line.push_str(&rest[..at]);
        put!(line, "\\u{:04x}", rest.as_bytes()[at]);
        rest = &rest[at + 1..];
    }
    line.push_str(rest);
    line.push('"');
}

/// The moment that version 7 keeps in its first 48 bits is the one of publication.
fn push_uuid(line: &mut String, milliseconds: u64, random: &mut Random) {
    let (first, second) = (random.next(), random.next());
    put!(
        line,
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        milliseconds >> 16,
        milliseconds & 0xffff,
        0x7000 | (first & 0x0fff),
        0x8000 | (second >> 48 & 0x3fff),
        second & 0xffff_ffff_ffff,
    );
}

fn moment_of(number: u64) -> u64 {
    let (mut year, mut before, mut articles) = (0, 0, FIRST_YEAR_ARTICLES);
    while number >= before + articles {
        before += articles;
        articles *= 2;
        year += 1;
    }
    FIRST_MOMENT + year * YEAR + (number - before) * YEAR / articles
}

/// RFC 3339 in UTC; the calendar is Howard Hinnant's `civil_from_days`.
fn push_moment(line: &mut String, milliseconds: u64) {
    let days = milliseconds / DAY + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153; // months from March
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let within = milliseconds % DAY;
    let (hour, minute) = (within / 3_600_000, within / 60_000 % 60);
    let (second, fraction) = (within / 1_000 % 60, within % 1_000);
    put!(
        line,
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:03}Z"
    );
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    first.to_uppercase().chain(letters).collect()
}

/// What the server takes for the same name, as far as the letters used here go.
fn fold(name: &str) -> String {
    let letters = name.chars().flat_map(char::to_lowercase);
    letters
        .map(|letter| match letter {
            'أ' | 'إ' | 'آ' => 'ا',
            'ى' => 'ي',
            'ة' => 'ه',
            'ؤ' | 'ئ' => 'ء',
            'à' | 'â' => 'a',
            'é' | 'è' | 'ê' => 'e',
            'î' | 'ï' => 'i',
            'ô' => 'o',
            'û' | 'ù' => 'u',
            'ç' => 'c',
            letter => letter,
        })
        .collect()
}

/// Roots set into patterns, as Arabic makes its words: the digits stand for the root's letters.
fn arabic_words(patterns: &str) -> Vec<String> {
    let mut made = Vec::new();
    for root in ARABIC_ROOTS.split_whitespace() {
        let root: Vec<char> = root.chars().collect();
        for pattern in patterns.split_whitespace() {
            let fill = |letter: char| match letter {
                '1' => root[0],
                '2' => root[1],
                '3' => root[2],
                letter => letter,
            };
            made.push(pattern.chars().map(fill).collect());
        }
    }
    made
}

/// One or two syllables and an ending.
fn latin_words(endings: &str, random: &mut Random) -> Vec<String> {
    let split = |list: &'static str| list.split_whitespace().collect::<Vec<_>>();
    let (onsets, rhymes) = (split(LATIN_ONSETS), split(LATIN_RHYMES));
    let endings: Vec<&str> = endings.split_whitespace().collect();
    let mut made = Vec::new();
    for _ in 0..5_000 {
        let mut word = String::new();
        for _ in 0..random.between(1, 2) {
            word.push_str(random.pick(&onsets));
            word.push_str(random.pick(&rhymes));
        }
        word.push_str(random.pick(&endings));
        made.push(word);
    }
    made
}

/// Label, as printed after a verb or preposition, and how many they are where that is said.
type Unnamed = (&'static str, &'static str, Option<u32>);

/// A sentence's beginning, see `push_filled`, and its cue.
type Template = (&'static str, &'static str);

/// What made words cannot do: the set phrases of a language.
struct Phrases {
    language: &'static str,
    common: &'static str,
    comma: &'static str,
    quotation_marks: [&'static str; 2],
    plain: &'static [Template],
    carried: &'static [Template],
    relayed: &'static [Template],
    unnamed: &'static [Unnamed],
    unnamed_media: Unnamed,
    titles: &'static [&'static str],
    given: &'static [&'static str],
    /// What a family name begins with.
    family: &'static str,
    authors: &'static [&'static str],
    cities: &'static [&'static str],
    media: &'static [&'static str],
    organisations: &'static [&'static str],
    offices: &'static [&'static str],
    topics: &'static [&'static str],
    places: &'static [&'static str],
    events: &'static [&'static str],
}

#[rustfmt::skip]
static ARABIC: Phrases = Phrases {
    language: "ar",
    common: "في من على أن إلى التي عن مع الذي هذا ما لم بعد هذه كما بين قبل كان كل منذ وقد لا حتى خلال \
        أو ذلك عدد كانت حيث اليوم إن قد أي هو هي عبر ضد غير دون أكثر أمام عند نحو وفق حول عدة بعض أيضا \
        لكن ثم إذا لن سوف يوم عام شهر مدينة حكومة رئيس وزير مجلس قرار اتفاق اجتماع لجنة تقرير مشروع خطة \
        أزمة حرب سلام أمن قوات شركة سوق أسعار نفط مياه صحة تعليم جامعة طلاب قانون محكمة انتخابات برلمان \
        حزب نواب دولة دول منطقة حدود شمال جنوب شرق غرب العاصمة السلطات الحكومة الرئيس المدينة المنطقة \
        البلاد العام الماضي المقبل الجاري الدولية المحلية الجديدة الأولى الثانية مليون ألف نسبة ارتفاع \
        انخفاض زيادة دعم تعاون تنفيذ مرحلة جديد كبير مهم واسع سريع صعب ممكن",
    comma: "،",
    quotation_marks: ["“", "”"],
    plain: &[
        ("قال 1 إن ", "قال"),
        ("وأكد 1 أن ", "أكد"),
        ("وأضاف 1 أن ", "أضاف"),
        ("ولفت 1 إلى أن ", "لفت ... إلى"),
        ("وبحسب 1 فإن ", "بحسب"),
        ("وصرح 1 بأن ", "صرح"),
    ],
    carried: &[
        ("نقلت 3 عن 1 قوله إن ", "نقلت ... عن"),
        ("وفي حديث إلى 3 أوضح 1 أن ", "أوضح"),
        ("ووفق ما أوردته 3 ذكر 1 أن ", "ذكر"),
        ("وأفادت 3 نقلا عن 1 بأن ", "أفادت ... نقلا عن"),
    ],
    relayed: &[
        ("نقلت 3 عن 2 أن 1 قال إن ", "قال"),
        ("وذكر 2 في مقابلة مع 3 أن 1 أبلغه أن ", "أبلغه"),
    ],
    unnamed: &[
        ("مصدران أمنيان", "مصدرين أمنيين", Some(2)),
        ("مصدر دبلوماسي", "مصدر دبلوماسي", Some(1)),
        ("مسؤول حكومي", "مسؤول حكومي رفض كشف هويته", Some(1)),
        ("ثلاثة مصادر طبية", "ثلاثة مصادر طبية", Some(3)),
        ("شهود عيان", "شهود عيان", None),
        ("مصادر مطلعة", "مصادر مطلعة", None),
        ("مسؤولون محليون", "مسؤولين محليين", None),
    ],
    unnamed_media: ("وسائل إعلام محلية", "وسائل إعلام محلية", None),
    titles: &["المسؤول", "النائب", "الوزير السابق", "الخبير الاقتصادي", "الدكتور"],
    given: &[
        "أحمد", "سامي", "نادية", "ليلى", "كريم", "هدى", "ياسر", "منى", "طارق", "سلمى", "رائد", "دينا",
        "فارس", "رنا", "زياد", "عبير", "نبيل", "سناء", "وليد", "غادة", "إياد", "لمى", "أنس", "مروان",
    ],
    family: "ال",
    authors: &["سلمى الرواشد", "زياد المنصف", "رنا الحوراني", "أنس البستان", "هدى الساقي"],
    cities: &["القاهرة", "بيروت", "عمان", "تونس", "الرباط", "بغداد", "الدوحة", "الخرطوم"],
    media: &["صحيفة", "قناة", "وكالة", "موقع", "إذاعة", "شبكة"],
    organisations: &["حركة", "منظمة", "جمعية", "نقابة", "هيئة", "شركة"],
    offices: &["المتحدث باسم", "مكتب", "وزارة", "أمانة"],
    topics: &["ملف", "أزمة", "قطاع", "قانون", "سوق", "شؤون"],
    places: &["مدينة", "بلدة", "محافظة", "جزيرة"],
    events: &["مؤتمر", "قمة", "مهرجان", "بطولة"],
};

const ARABIC_ROOTS: &str = "كتب علم عمل دخل خرج سمع نظر حكم سلم شرك نقل بحث درس فتح قطع جمع رفع حمل ضرب طلب \
    عرض قبل بدل نشر ذكر شكر صبر كشف لعب مسك هجم ربط سكن شهد حضر نصر نطق فحص فصل حصل رسم رسل سبق ستر سجل \
    سحب صدر صرف صنع ضمن طبع طرح عبر عدل عقد غلق غمر فرض فرق قدم قسم قصد كسب لحق لمس مثل منح نزل نسج نفذ \
    هدف هرب ركب رقب رجع رحل زرع زحف حرك حفظ حمد خدم خزن خلط دفع دعم رصد شرح شمل بلغ برز ثبت جذب جهز حجز";

const ARABIC_NOUNS: &str = "1ا23 1ا23ة م12و3 م12و3ة م12و3ات م123 م123ة م1ا23 12ي3 12ي3ة 12ا3 12ا3ة 12و3 ت12ي3 \
    ت12ي3ات ا12ا3 ا1ت2ا3 است12ا3 ان12ا3 م1ا23ة م1ا23ات مت1ا23 مست123 ت1ا23 م1ت23 م1ت23ة 12ا3ي";

const ARABIC_OTHERS: &str = "123 ي123 ت123 است123 ا1ت23 ي1ت23 يست123 وي123 وت123 1ا23ون م12و3ين 1ا23ين ب12ا3 و12ي3 \
    لم12و3 للم1ا23ة والم123 بالم12و3 والت12ي3 1ا23ات وا1ت2ا3 ت12ي3ي م123ي";

#[rustfmt::skip]
static ENGLISH: Phrases = Phrases {
    language: "en",
    common: "the of to and in a that for on is was with as by at from it be has have had were an are will said not \
        which this after who more their but its been would they two also or over new than about he into one first \
        could when some other all last during against years under between people government minister president \
        council agreement talks report officials city state country law court party election parliament company \
        market prices oil water health school university security forces border region north south east west plan \
        project crisis war peace week month million percent rise fall support public local international early \
        late major key former",
    comma: ",",
    quotation_marks: ["“", "”"],
    plain: &[
        ("According to 1, ", "according to"),
        ("Later 1 said that ", "said"),
        ("On Tuesday 1 announced that ", "announced"),
        ("In a statement, 1 added that ", "added"),
        ("As 1 put it, ", "put it"),
    ],
    carried: &[
        ("In an interview 1 told 3 that ", "told"),
        ("3 quoted 1 as saying that ", "quoted ... as saying"),
        ("Citing 1, 3 reported that ", "citing"),
    ],
    relayed: &[
        ("By telephone 2 told 3 that 1 had warned that ", "had warned"),
        (
            "3 reported, citing 2, that in the words of 1 ",
            "in the words of",
        ),
    ],
    unnamed: &[
        ("two security sources", "two security sources", Some(2)),
        (
            "a senior official",
            "a senior official who asked not to be named",
            Some(1),
        ),
        ("a diplomat", "a diplomat", Some(1)),
        ("three traders", "three traders", Some(3)),
        ("witnesses", "witnesses", None),
        (
            "people familiar with the matter",
            "people familiar with the matter",
            None,
        ),
    ],
    unnamed_media: ("local media", "local media", None),
    titles: &["Senator", "Professor", "former minister", "Dr", "spokesperson"],
    given: &[
        "Alice", "Martin", "Grace", "Peter", "Helen", "Oscar", "Ruth", "Simon", "Clara", "Victor",
        "Naomi", "Edgar", "Iris", "Hugo", "Stella", "Felix",
    ],
    family: "",
    authors: &["Clara Wendover", "Simon Ashgrove", "Naomi Tarrick"],
    cities: &["London", "Dublin", "Nairobi", "Geneva", "Ottawa"],
    media: &["The Daily", "Radio", "Channel", "The Evening", "Agency"],
    organisations: &["Union of", "Institute of", "Council of", "Society of"],
    offices: &["Office of", "Ministry of", "Spokesperson for"],
    topics: &["Policy on", "Market for", "Rights of", "Reform of"],
    places: &["Port", "New", "Mount", "Upper"],
    events: &["Conference on", "Festival of", "Cup of"],
};

const ENGLISH_ENDINGS: &str = "s ed ing er ment tion al ity ly ness ous ive ance ship ward en";

#[rustfmt::skip]
static FRENCH: Phrases = Phrases {
    language: "fr",
    common: "de la le et les des en un une du dans que pour sur est par au qui a plus avec ne pas se ce son sont été \
        il aux mais ont cette fait après entre deux comme selon leur sans contre depuis avant aussi ans était être \
        tout même lors sous ses ces nouveau nouvelle pays gouvernement président ministre conseil accord loi ville \
        état région tribunal élection parlement parti marché prix pétrole eau santé école université sécurité forces \
        frontière nord sud est ouest projet crise guerre paix semaine mois année millions hausse baisse soutien \
        rapport réunion grande première",
    comma: ",",
    quotation_marks: ["«\u{a0}", "\u{a0}»"],
    plain: &[
        ("Selon 1, ", "selon"),
        ("Ensuite 1 a déclaré que ", "a déclaré"),
        ("Pour 1, ", "pour"),
        ("Mardi, 1 a ajouté que ", "a ajouté"),
    ],
    carried: &[
        ("Au téléphone, 1 a confié à 3 que ", "a confié"),
        ("D’après 1, cité par 3, ", "d’après"),
    ],
    relayed: &[
        ("Mercredi, 2 a expliqué à 3 que 1 estimait que ", "estimait"),
        ("3 rapporte, citant 2, que pour 1 ", "pour"),
    ],
    unnamed: &[
        (
            "deux sources policières",
            "deux sources policières",
            Some(2),
        ),
        (
            "un haut fonctionnaire",
            "un haut fonctionnaire sous couvert d’anonymat",
            Some(1),
        ),
        (
            "une source diplomatique",
            "une source diplomatique",
            Some(1),
        ),
        ("des témoins", "des témoins", None),
        ("des élus locaux", "des élus locaux", None),
    ],
    unnamed_media: ("la presse locale", "la presse locale", None),
    titles: &["le député", "la sénatrice", "l’ancien ministre", "le professeur"],
    given: &[
        "Hélène", "Étienne", "Léa", "François", "Noémie", "Benoît", "Inès", "Gaël", "Maëlle", "Rémi",
        "Zoé", "Loïc",
    ],
    family: "",
    authors: &["Noémie Vaucelin", "Rémi Tardonnet", "Zoé Malbreuil"],
    cities: &["Genève", "Bruxelles", "Montréal", "Dakar"],
    media: &["Le Courrier", "La Tribune", "Radio", "L’Écho de"],
    organisations: &["Union pour", "Fédération", "Comité", "Association"],
    offices: &["Ministère", "Préfecture de", "Porte-parole de"],
    topics: &["Réforme", "Filière", "Droit de", "Économie de"],
    places: &["Saint", "Val de", "Pont de"],
    events: &["Sommet de", "Fête de", "Salon"],
};

const FRENCH_ENDINGS: &str = "tion ment eur euse age ité er é ée ir ence isme aux ois elle ant";

const LATIN_ONSETS: &str =
    "b br c ch cl cr d dr f fl fr g gl gr h l m n p pl pr qu r s sc sp st t tr v";

const LATIN_RHYMES: &str =
    "a e i o u an en in on ar er or al el il ol as es is os at et it ot ai ou";
