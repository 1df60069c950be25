//! A press in many languages, made up and the same for the same seed: articles that mix scripts, and what readers type to find them.
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::random::Random;

/// As they are printed: with vowel marks, letter variants, particles, elisions, joints, numbers, widths.
#[rustfmt::skip]
const WORDS: [&[&str]; 4] = [
    &[
        "قال", "في", "من", "على", "إلى", "لم", "لن", "لا", "الوزيرة", "والوزراء", "للوزيرة", "وزير", "المياه", "مياهنا", "مِياه", "ماء",
        "السدّ", "سدود", "القرية", "قُرى", "القرويون", "العبّارة", "عبارات", "المرفأ", "مرافئ", "المسؤولون", "مسؤول", "إعلان", "أعلنت",
        "الاتفاق", "واتفقوا", "الميناء", "سيُفتح", "فُتح", "المدارس", "مـــدرسة", "كُتُب", "بياناً", "وبيانات", "وقالت", "سيقولون",
        "المحتجين", "محتجّون", "انتخابات", "الانتخابات", "الـVTN", "و50", "٢٠٢٦", "١٬٥٠٠", "٣٫٥", "ﷲ", "شؤون", "الهيئات", "صحافيّة",
        "رؤية", "بلدتهم", "كلّها", "لأهالي", "أهالي", "#ماء_القرية", "هـ", "آبار", "بئر", "ماعز", "الماعز",
    ],
    &[
        "the", "a", "of", "at", "with", "ferry", "ferries", "captain's", "harbour", "harbours", "dam", "dams", "village", "villagers",
        "water", "waters", "minister", "ministers", "ministry", "election", "elections", "elected", "report", "reported", "reporting",
        "type-19", "V.T.N.", "O’Dell", "don’t", "co-op", "3.5%", "1,500", "2026", "2026-03-01", "10.20.30.40", "snake_case", "@harbour",
        "#ferry", "naïve", "ﬁrm", "ＦＵＬＬ", "state-run", "goat", "goats", "wells", "school", "schools", "half-open", "½", "e.g.",
    ],
    &[
        "le", "la", "les", "des", "à", "l’eau", "eaux", "d’été", "élection", "élections", "élus", "ministre", "ministres", "déclaré",
        "déclarée", "forêts", "forêt", "œuvre", "jusqu’au", "aujourd’hui", "n’a", "pas", "port", "ports", "capitaine", "chèvres", "chèvre",
        "journaux", "journal", "villageois", "qu’elle", "3,5", "barrage", "barrages", "bac", "l’école", "écoles", "s’est", "ÉTÉ", "puits",
    ],
    &[
        "水門", "村人たち", "水資源", "谷川新聞", "フェリー", "ﾌｪﾘｰ", "港が", "発表した", "が\u{3099}", "水", "村庄", "新闻", "渡轮",
        "แม่น้ำ", "หมู่บ้าน", "แถลง", "페리", "마을", "물이", "паром", "деревня", "воды", "πορθμείο", "νερό", "מעבורת", "מים", "नाव", "गाँव",
        "آب", "روستا", "کشتی", "می‌رود", "vapur", "İskele", "ılık", "Straße", "smörgås", "🐐", "㍿", "①", "x²", "C++", "2026年3月",
    ],
];
/// Each with the words that are written in it.
#[rustfmt::skip]
const LANGUAGES: [(&str, usize); 12] = [
    ("ar", 0), ("en", 1), ("fr", 2), ("ar-EG", 0), ("en-GB", 1), ("fr-CA", 2), ("ja", 3), ("zh", 3), ("th", 3), ("fa", 3), ("tr", 3),
    ("ar", 0),
];
#[rustfmt::skip]
const SPEAKERS: [&str; 12] = [
    "Ada Quill", "نورة السامر", "Émile d’Orsin", "Bo O’Hara", "أحمد الحوراني", "李水門", "ليلى عبد الوادي", "Zoé Vaux-Lac", "Жанна Паромова",
    "Union of Lake Rowers", "هيئة المياه", "Ministère des Eaux",
];
const OUTLETS: [&str; 6] = [
    "The Sarmila Lantern",
    "صدى المرج",
    "Vent du Lac",
    "谷川新聞",
    "وكالة الـVTN",
    "Kestrel Wire",
];
#[rustfmt::skip]
const TAGS: [&str; 8] = ["Ferries", "مياه", "Élections", "قرى", "水資源", "Goats", "سدود", "type-19"];

const ARTICLES: usize = 64;

/// Records, then articles with their statements; some may be seen by nobody.
pub fn press(seed: u64) -> Vec<Value> {
    let mut random = Random(seed);
    let records = |thing: &str, names: &[&str]| -> Vec<Value> {
        let record = |(number, name): (usize, &&str)| json!({"type": thing, "slug": format!("{thing}-{number}"), "name": name});
        names.iter().enumerate().map(record).collect()
    };
    let mut lines = [
        records("outlet", &OUTLETS),
        records("speaker", &SPEAKERS),
        records("tag", &TAGS),
    ]
    .concat();
    for line in &mut lines {
        line["id"] = json!(random.uuid());
        line["created_at"] = json!(random.moment());
        line["updated_at"] = line["created_at"].clone();
    }
    lines.extend((0..ARTICLES).map(|number| article(&mut random, number)));
    lines
}

/// Words of one language, some of others among them, as they stand in a paper.
fn sentence(random: &mut Random, tongue: usize, words: usize) -> String {
    let mut text = String::new();
    for _ in 0..words {
        let tongue = match random.below(100) {
            0..6 => random.below(WORDS.len()),
            _ => tongue,
        };
        let word = *random.pick(WORDS[tongue]);
        text.push_str(word);
        text.push_str(match (random.below(100), tongue) {
            (0..6, 0) => "، ",
            (0..6, 3) => "、",
            (0..6, _) => ", ",
            (6..9, _) => " — ",
            (9..11, _) => ": «",
            (11..13, _) => "» ",
            // Without spaces between.
            (13..50, 3) => "",
            _ => " ",
        });
    }
    format!("{}.", text.trim_end())
}

fn article(random: &mut Random, number: usize) -> Value {
    let (language, tongue) = *random.pick_early(&LANGUAGES);
    let text = |random: &mut Random, least: usize| {
        let tongue = match random.percent(20) {
            true => random.below(WORDS.len()),
            false => tongue,
        };
        let words = least + random.below(8);
        sentence(random, tongue, words)
    };
    let refer = |random: &mut Random, thing: &str, count: usize| json!({"slug": format!("{thing}-{}", random.below(count))});
    let mut statements = Vec::new();
    for _ in 0..random.below(4) {
        let speaker = match random.percent(20) {
            true => {
                json!({"role": "speaker", "anonymous": {"label": sentence(random, tongue, 2), "count": 2}})
            }
            false => {
                json!({"role": "speaker", "speaker": refer(random, "speaker", SPEAKERS.len())})
            }
        };
        let mut chain = vec![speaker];
        if random.percent(40) {
            let outlet = refer(random, "outlet", OUTLETS.len());
            chain.push(json!({"role": "outlet", "outlet": outlet}));
        }
        let created = random.moment();
        let mut statement = json!({
            "created_at": created, "updated_at": created, "id": random.uuid(), "quote": text(random, 2), "form": random.pick(&["direct", "indirect"]), "attribution": chain,
        });
        if random.percent(40) {
            statement["said_at"] = json!(random.moment());
            statement["said_precision"] = json!("day");
        }
        match random.below(100) {
            0..5 => statement["status"] = json!("proposed"),
            5..10 => statement["status"] = json!("retracted"),
            _ => {}
        }
        statements.push(statement);
    }
    let mut body: Vec<Value> = (0..1 + random.below(2))
        .map(|_| json!({"type": "paragraph", "text": text(random, 6)}))
        .collect();
    if random.percent(30) {
        let items = [text(random, 1), text(random, 1)];
        body.push(json!({"type": "list", "ordered": false, "items": items}));
        body.push(json!({"type": "quote", "text": text(random, 3), "caption": text(random, 2)}));
    }
    if random.percent(8) {
        // More than a snippet holds.
        let long: Vec<String> = (0..6).map(|_| text(random, 8)).collect();
        body.push(json!({"type": "paragraph", "text": long.join(" ")}));
    }
    let created = random.moment();
    let mut article = json!({
        "id": random.uuid(), "slug": format!("piece-{number}"), "language": language, "title": text(random, 2), "body": body,
        "outlet": refer(random, "outlet", OUTLETS.len()), "created_at": created, "updated_at": created, "statements": statements,
        "status": "published", "published_at": random.moment(),
    });
    if random.percent(50) {
        article["summary"] = json!(text(random, 3));
    }
    let tags: Vec<usize> = (0..TAGS.len()).filter(|_| random.percent(20)).collect();
    article["tags"] = tags
        .iter()
        .map(|tag| json!({"slug": format!("tag-{tag}")}))
        .collect();
    match random.below(100) {
        0..6 => article["status"] = json!("draft"),
        6..9 => article["published_at"] = json!("2999-01-01T00:00:00.000Z"),
        9..12 => article["status"] = json!("withdrawn"),
        _ => {}
    }
    article
}

/// Somebody who looks for things of the press, in ways of their own.
pub struct Reader {
    pub random: Random,
    articles: Vec<Sought>,
    statements: Vec<Sought>,
}

/// A thing that may be looked for.
struct Sought {
    texts: Vec<String>,
    /// Parameters that leave it in its list.
    filters: Vec<String>,
    is_hidden: bool,
}

impl Reader {
    /// One who knows these lines.
    pub fn of(seed: u64, lines: &[Value]) -> Self {
        let mut reader = Self {
            random: Random(seed),
            articles: Vec::new(),
            statements: Vec::new(),
        };
        for line in lines.iter().filter(|line| line["type"].is_null()) {
            reader.know(line);
        }
        reader
    }

    fn know(&mut self, article: &Value) {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let published = text(&article["published_at"]).unwrap();
        let is_hidden = article["status"] != "published" || published.starts_with("2999");
        let outlet = text(&article["outlet"]["slug"]).unwrap();
        let mut filters = vec![
            format!("language={}", article["language"].as_str().unwrap()),
            format!("published_from={published}"),
        ];
        let tags = article["tags"].as_array().unwrap().iter();
        filters.extend(tags.map(|tag| format!("tag={}", tag["slug"].as_str().unwrap())));
        let mut of_article = filters.clone();
        of_article.extend([
            format!("outlet={outlet}"),
            format!(
                "tag_any=tag-0,tag-1,tag-2,{}",
                outlet.replace("outlet", "tag")
            ),
            "tag_not=tag-7".to_owned(),
            "updated_since=2026-01-01".to_owned(),
        ]);
        let mut texts: Vec<String> = ["title", "summary"]
            .iter()
            .filter_map(|member| text(&article[*member]))
            .collect();
        for block in article["body"].as_array().unwrap() {
            let items = block["items"].as_array().into_iter().flatten();
            texts.extend(
                items
                    .chain([&block["text"], &block["caption"]])
                    .filter_map(text),
            );
        }
        for statement in article["statements"].as_array().unwrap() {
            let quote = text(&statement["quote"]).unwrap();
            let is_published = statement["status"].is_null();
            let mut filters = filters.clone();
            filters.push(format!("form={}", statement["form"].as_str().unwrap()));
            filters.push(format!("publisher={outlet}"));
            filters.push(format!("article={}", article["slug"].as_str().unwrap()));
            let hop = &statement["attribution"][0];
            filters.push(format!("anonymous={}", hop["speaker"].is_null()));
            let mut named = text(&hop["anonymous"]["label"]);
            if let Some(slug) = text(&hop["speaker"]["slug"]) {
                let number: usize = slug.trim_start_matches("speaker-").parse().unwrap();
                named = Some(SPEAKERS[number].to_owned());
                filters.push(format!("speaker={slug}"));
                filters.push(format!("via={slug}"));
                if is_published {
                    of_article.push(format!("speaker={slug}"));
                }
            }
            if is_published {
                texts.push(quote.clone());
                of_article.push("has_statements=true".to_owned());
            }
            self.statements.push(Sought {
                texts: [Some(quote), named].into_iter().flatten().collect(),
                filters,
                is_hidden: is_hidden || !is_published,
            });
        }
        self.articles.push(Sought {
            texts,
            filters: of_article,
            is_hidden,
        });
    }

    /// A question to a list, or what is suggested to somebody who types.
    #[cfg_attr(
        not(feature = "postgres"),
        expect(dead_code, reason = "asked of two engines")
    )]
    pub fn question(&mut self) -> String {
        if self.random.percent(10) {
            let q = self.begun();
            return format!("/v1/suggest?q={}", in_query(&q));
        }
        let of_articles = self.random.percent(60);
        let (list, sorts, facets, status) = match of_articles {
            true => (
                "/v1/articles",
                ["relevance", "-published_at", "published_at", "-updated_at"],
                "month,tag,speaker,outlet,language",
                "draft,scheduled,published,withdrawn",
            ),
            false => (
                "/v1/statements",
                ["relevance", "-published_at", "said_at", "-said_at"],
                "form,speaker,outlet,tag,language,month",
                "published,proposed,retracted",
            ),
        };
        let (mut q, at) = self.query(of_articles);
        let random = &mut self.random;
        let mut rest = String::new();
        if random.percent(20) {
            cut(random, &mut q);
            rest.push_str("&prefix=true");
        }
        if random.percent(40) {
            rest.push_str(&format!("&sort={}", random.pick(&sorts)));
        }
        let sought = match of_articles {
            true => &self.articles[at],
            false => &self.statements[at],
        };
        if random.percent(25) {
            rest.push_str(&format!("&{}", random.pick(&sought.filters)));
        }
        if random.percent(if sought.is_hidden { 80 } else { 4 }) {
            rest.push_str(&format!("&status={status}"));
        }
        for (chance, parameter) in [(20, "count=true"), (15, "highlight=true")] {
            if random.percent(chance) {
                rest.push_str(&format!("&{parameter}"));
            }
        }
        if random.percent(10) {
            rest.push_str(&format!("&facet={facets}"));
        }
        rest.push_str(match random.below(10) {
            0 => "&limit=3",
            1 => "&limit=7",
            _ => "&limit=100&fields=id",
        });
        format!("{list}?q={}{rest}", in_query(&q))
    }

    /// What is typed to find a thing, and which of its list that is.
    pub fn query(&mut self, of_articles: bool) -> (String, usize) {
        let Self {
            random,
            articles,
            statements,
        } = self;
        let list = if of_articles { articles } else { statements };
        let at = random.below(list.len());
        let texts = &list[at].texts;
        let mut parts = match random.below(100) {
            0..60 => words(random, texts),
            60..80 => vec![phrase(random, texts)],
            80..83 => Vec::new(),
            83..95 => [words(random, texts), vec![phrase(random, texts)]].concat(),
            _ => [words(random, texts), vec!["zeppelin".to_owned()]].concat(),
        };
        if parts.is_empty() || random.percent(15) {
            let elsewhere = &random.pick(list).texts;
            let unwanted = match random.percent(25) {
                true => phrase(random, elsewhere),
                false => words(random, elsewhere).swap_remove(0),
            };
            parts.push(format!("{}{unwanted}", random.pick(&["-", "-", "−", "–"])));
            if random.percent(50) {
                parts.reverse();
            }
        }
        (
            parts.join::<&str>(*random.pick(&[" ", " ", "  ", "\u{A0}"])),
            at,
        )
    }

    /// The beginning of a title or a name.
    fn begun(&mut self) -> String {
        let random = &mut self.random;
        let text = match random.below(4) {
            0 => (*random.pick(&SPEAKERS)).to_owned(),
            1 => (*random.pick(&OUTLETS)).to_owned(),
            2 => (*random.pick(&TAGS)).to_owned(),
            _ => random.pick(&self.articles).texts[0].clone(),
        };
        let typed: Vec<String> = text
            .split_whitespace()
            .take(1 + random.below(2))
            .map(|word| typed(random, word))
            .collect();
        let mut typed = typed.join(" ");
        cut(random, &mut typed);
        typed
    }
}

/// One to three words of a thing, in any order.
fn words(random: &mut Random, texts: &[String]) -> Vec<String> {
    let mut words = Vec::new();
    for _ in 0..1 + random.below(2) + random.below(2) {
        let text: Vec<&str> = random.pick(texts).split_whitespace().collect();
        let word = *random.pick(&text);
        // A dash is not sought, and a minus not meant.
        let word = word.trim_matches(['—', '«', '»', ':', '،', ',', '.', '-']);
        if !word.is_empty() {
            words.push(typed(random, word));
        }
    }
    if words.is_empty() {
        words.push("ماء".to_owned());
    }
    words
}

/// Words that stand side by side, in quotation marks.
fn phrase(random: &mut Random, texts: &[String]) -> String {
    let text: Vec<&str> = random.pick(texts).split_whitespace().collect();
    let from = random.below(text.len());
    let phrase: Vec<String> = text[from..]
        .iter()
        .take(1 + random.below(3))
        .map(|word| typed(random, &word.replace(['«', '»'], "")))
        .collect();
    let phrase = phrase.join(" ");
    match random.below(4) {
        0 => format!("«{phrase}»"),
        1 => format!("“{phrase}”"),
        2 => format!("„{phrase}"),
        _ => format!("\"{phrase}\""),
    }
}

/// A word as somebody types it: mostly as it is printed.
fn typed(random: &mut Random, word: &str) -> String {
    let is_arabic = word
        .chars()
        .next()
        .is_some_and(|first| ('ء'..='ي').contains(&first));
    match random.below(20) {
        0 => word.nfd().filter(|it| !is_combining_mark(*it)).collect(),
        1 => word.chars().map(exchanged).collect(),
        2 if is_arabic => random.pick(&["و", "ب", "ال", "لل", "وال"]).to_string() + word,
        3 if is_arabic => word.trim_start_matches("ال").to_owned(),
        4 if is_arabic => between(random, word, &["\u{64E}", "\u{650}", "\u{64F}", "\u{652}"]),
        5 if is_arabic => between(random, word, &["ـ", "ـــ"]),
        6 => word.to_uppercase(),
        7 => word.to_lowercase(),
        8 => word.nfd().collect(),
        9 => format!("\u{200F}{word}\u{200E}"),
        10 if word.is_ascii() => format!("{word}s"),
        _ => word.to_owned(),
    }
}

/// Another letter or digit that is written for this one.
fn exchanged(character: char) -> char {
    match character {
        'أ' | 'إ' | 'آ' => 'ا',
        'ة' => 'ه',
        'ى' => 'ي',
        'ي' => 'ى',
        'ك' => 'ک',
        '’' => '\'',
        '0'..='9' => char::from_u32(u32::from(character) + 0x630).unwrap(),
        '٠'..='٩' => char::from_u32(u32::from(character) - 0x630).unwrap(),
        other => other,
    }
}

/// With something between two letters.
fn between(random: &mut Random, word: &str, some: &[&str]) -> String {
    let letters = word.chars().count();
    let (at, _) = word.char_indices().nth(letters / 2).unwrap();
    format!("{}{}{}", &word[..at], random.pick(some), &word[at..])
}

/// Takes away the last letters.
fn cut(random: &mut Random, typed: &mut String) {
    for _ in 0..random.below(4) {
        if typed.chars().count() > 1 {
            typed.pop();
        }
    }
}

/// As a value of a query's parameter; letters are left as they are, so that whoever reads the address can read them.
pub fn in_query(value: &str) -> String {
    const SPECIAL: &AsciiSet = &CONTROLS.add(b'%').add(b'&').add(b'+').add(b'#').add(b'\\');
    let mut encoded = String::new();
    for character in value.chars() {
        match character.is_ascii() {
            true => encoded.extend(utf8_percent_encode(
                character.encode_utf8(&mut [0; 4]),
                SPECIAL,
            )),
            false => encoded.push(character),
        }
    }
    encoded
}
