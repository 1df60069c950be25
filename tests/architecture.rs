//! Holds how the house is built: which file may import which, and what each may know of the outside.
//!
//! `HOUSE` says which room a file belongs to and what a room may import, `OUTSIDE` which crates a
//! room may not mention. To change a rule, change its line there. Code under `#[cfg(test)]` is free.
#![expect(
    clippy::indexing_slicing,
    reason = "a scanner runs by index; out of bounds is a failed test"
)]

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::LazyLock;

/// A room: its name, the files in it, and what they may import. The first room that a file fits is
/// its own. A file fits by its module path: `naming` is that module and all below, `=articles` that
/// module alone, `*::types` a module of that name in any feature and all below. An import is allowed within its own room, from
/// a named room, or from below a named path (what has `::` in it).
struct Room {
    name: &'static str,
    files: &'static [&'static str],
    imports: &'static [&'static str],
}

#[rustfmt::skip]
const HOUSE: &[Room] = &[
    Room { name: "main", files: &["main"], imports: &["commands", "config"] },
    Room { name: "commands", files: &["commands"], imports: &["server", "app", "config", "samples", "transfer",
        "inspection", "extraction", "evaluation", "proposals", "proposals::queries", "drafts", "types", "writing", "keys::queries", "keys::types", "database", "domain"] },
    Room { name: "server", files: &["server"], imports: &["app", "metrics", "writing", "http", "database", "domain"] },
    Room { name: "config", files: &["config"], imports: &["keys::types", "domain"] },
    Room { name: "app", files: &["app"], imports: &["features", "metrics", "site", "http", "database", "domain"] },
    Room { name: "metrics", files: &["metrics"], imports: &["http", "database", "domain"] },
    Room { name: "site", files: &["site"], imports: &["http"] },
    Room { name: "samples", files: &["samples"], imports: &["transfer", "writing", "database", "domain"] },
    Room { name: "transfer", files: &["transfer"], imports: &["writing", "rendering", "drafts", "types", "database",
        "domain"] },
    // Who asks is looked up before anything else is.
    Room { name: "http", files: &["http"], imports: &["keys::queries", "keys::types", "database", "domain"] },
    // What a list may be asked.
    Room { name: "parameters", files: &["*::parameters"], imports: &["queries", "search::matching", "types", "http", "domain"] },
    // What a writer sends, and the same once checked.
    Room { name: "drafts", files: &["*::write_shape", "*::draft", "*::anchor"], imports: &["types", "domain"] },
    Room { name: "types", files: &["*::types"], imports: &["drafts", "database::schema", "domain"] },
    // What changes something.
    Room { name: "changes", files: &["*::changes"], imports: &["editing", "handlers", "queries", "parameters", "transfer",
        "writing", "rendering", "drafts", "types", "http", "database", "domain"] },
    // What all of those share. What it keeps of answers lies in a table, as what is read does.
    Room { name: "editing", files: &["editing"], imports: &["writing", "keys::types", "http", "database",
        "domain"] },
    Room { name: "handlers", files: &["*::handlers"], imports: &["proposals", "drafts", "queries", "parameters", "types", "http",
        "database", "domain"] },
    Room { name: "queries", files: &["*::queries"], imports: &["proposals", "search", "rendering", "drafts", "types", "database", "domain"] },
    Room { name: "writing", files: &["writing"], imports: &["search", "rendering", "drafts", "types", "database",
        "domain"] },
    Room { name: "inspection", files: &["inspection"], imports: &["search", "rendering", "drafts", "types", "database", "domain"] },
    // Text → terms, the index of them, and what a query finds.
    Room { name: "search", files: &["search"], imports: &["rendering", "types", "database", "domain"] },
    // Plain text → proposed statements: it knows nothing of the store.
    Room { name: "extraction", files: &["extraction"], imports: &[] },
    Room { name: "evaluation", files: &["evaluation"], imports: &["extraction"] },
    // A feature's mod.rs names its rooms and its routes.
    Room { name: "features", files: &["=articles", "=statements", "=naming", "=speakers", "=outlets", "=tags",
        "=related", "=suggest", "=previews", "=revisions", "=timeline", "=keys", "=meta", "=imports", "=proposals"], imports: &["handlers", "changes"] },
    // What is found in a text → an article in the write shape, and how people are shown it.
    Room { name: "proposals", files: &["proposals"], imports: &["extraction", "drafts", "types", "domain"] },
    Room { name: "rendering", files: &["rendering"], imports: &["drafts", "types", "database", "domain"] },
    Room { name: "database", files: &["database"], imports: &["domain"] },
    Room { name: "domain", files: &["domain"], imports: &[] },
];

/// A room, the crates it may not mention (a name's beginning), and the paths excepted from that.
#[rustfmt::skip]
const OUTSIDE: &[(&str, &[&str], &[&str])] = &[
    ("domain", &["actix"], &[]),
    // How a value lies in a column, and nothing of a connection or a query.
    ("domain", &["diesel"], &["diesel::backend", "diesel::deserialize", "diesel::expression::AsExpression",
        "diesel::serialize", "diesel::sql_types", "diesel::sqlite::Sqlite"]),
    ("handlers", &["diesel"], &[]),
    ("changes", &["diesel"], &[]),
    ("editing", &["diesel"], &["diesel::prelude", "diesel::delete", "diesel::insert_into"]),
    ("http", &["diesel"], &["diesel::result::Error", "diesel::QueryResult"]),
    ("parameters", &["diesel", "actix"], &[]),
    ("site", &["diesel"], &[]),
    ("inspection", &["actix"], &[]),
    ("app", &["diesel"], &[]),
    ("server", &["diesel"], &[]),
    ("queries", &["actix"], &[]),
    ("types", &["actix"], &[]),
    ("drafts", &["actix", "diesel"], &[]),
    ("rendering", &["actix"], &[]),
    ("writing", &["actix"], &[]),
    ("transfer", &["actix"], &[]),
    ("samples", &["actix"], &[]),
];

const MOST_LINES: usize = 350;

#[test]
fn every_file_belongs_to_a_room() {
    report(
        House::of_this_crate().homeless(),
        "give the file a place in HOUSE",
    );
}

#[test]
fn every_path_leads_to_a_module() {
    report(
        House::of_this_crate().astray(),
        "import a thing from the module that holds it",
    );
}

macro_rules! rooms {
    ($($test:ident: $room:literal,)+) => {
        $(
            #[test]
            fn $test() {
                report(House::of_this_crate().imports_of($room), "HOUSE says what it may import");
            }
        )+

        #[test]
        fn every_room_has_a_test() {
            let tested = [$($room),+];
            for room in HOUSE {
                assert!(tested.contains(&room.name), "no test for the room `{}`", room.name);
            }
            for (room, _, _) in OUTSIDE {
                assert!(tested.contains(room), "OUTSIDE names `{room}`, HOUSE does not");
            }
        }
    };
}

rooms! {
    main_imports_only_what_it_may: "main",
    commands_import_only_what_they_may: "commands",
    server_imports_only_what_it_may: "server",
    config_imports_only_what_it_may: "config",
    app_imports_only_what_it_may: "app",
    samples_import_only_what_they_may: "samples",
    transfer_imports_only_what_it_may: "transfer",
    http_imports_only_what_it_may: "http",
    features_import_only_what_they_may: "features",
    handlers_import_only_what_they_may: "handlers",
    changes_import_only_what_they_may: "changes",
    editing_imports_only_what_it_may: "editing",
    queries_import_only_what_they_may: "queries",
    writing_imports_only_what_it_may: "writing",
    inspection_imports_only_what_it_may: "inspection",
    search_imports_only_what_it_may: "search",
    extraction_imports_only_what_it_may: "extraction",
    evaluation_imports_only_what_it_may: "evaluation",
    proposals_import_only_what_they_may: "proposals",
    parameters_import_only_what_they_may: "parameters",
    site_imports_only_what_it_may: "site",
    metrics_import_only_what_they_may: "metrics",
    rendering_imports_only_what_it_may: "rendering",
    drafts_import_only_what_they_may: "drafts",
    types_import_only_what_they_may: "types",
    database_imports_only_what_it_may: "database",
    domain_imports_nothing_else_of_the_crate: "domain",
}

#[test]
fn handlers_never_mention_diesel() {
    report(
        House::of_this_crate().mentions("handlers", "diesel"),
        "ask queries.rs",
    );
}

#[test]
fn queries_never_mention_actix() {
    report(
        House::of_this_crate().mentions("queries", "actix"),
        "leave HTTP to handlers.rs",
    );
}

#[test]
fn rooms_keep_out_the_crates_that_are_not_theirs() {
    let house = House::of_this_crate();
    let found = OUTSIDE.iter().flat_map(|(room, crates, _)| {
        crates
            .iter()
            .flat_map(|name| house.mentions(room, name))
            .collect::<Vec<_>>()
    });
    report(found.collect(), "OUTSIDE says what a room may mention");
}

#[test]
fn only_main_imports_commands() {
    report(
        House::of_this_crate().importers("commands", &["main"]),
        "commands stand at the top",
    );
}

#[test]
fn only_commands_import_the_server() {
    report(
        House::of_this_crate().importers("server", &["commands"]),
        "the server stands above the app",
    );
}

#[test]
fn only_server_and_commands_import_the_app() {
    let found = House::of_this_crate().importers("app", &["server", "commands"]);
    report(found, "the app stands above the handlers");
}

#[test]
fn only_config_reads_the_environment() {
    report(
        House::of_this_crate().environment(),
        "make it a setting in src/config.rs",
    );
}

#[test]
fn every_file_says_first_what_it_holds() {
    report(
        House::of_this_crate().untitled(),
        "let the first line be `//! …`",
    );
}

#[test]
fn no_file_is_too_long() {
    report(
        House::of_this_crate().long(),
        "split it along a seam that has a name",
    );
}

#[track_caller]
fn report(found: Vec<Found>, advice: &str) {
    let lines: Vec<String> = found.iter().map(Found::to_string).collect();
    assert!(lines.is_empty(), "\n{}\n{advice}\n", lines.join("\n"));
}

/// Something that breaks a rule, and where.
#[derive(Debug, PartialEq)]
struct Found {
    file: String,
    line: usize,
    what: String,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

struct House {
    /// By module path: `articles::queries`; lib.rs is the empty path, main.rs is `main`.
    modules: BTreeMap<String, Module>,
    /// Macros that lie at the crate's root, and the module that defines each.
    macros: BTreeMap<String, String>,
}

struct Module {
    file: String,
    lines: usize,
    first_line: String,
    uses: Vec<Use>,
    /// Arguments that clap would read from the environment.
    clap_environment: Vec<usize>,
}

/// A path as it is written, `crate`, `self` and `super` resolved.
struct Use {
    path: Vec<String>,
    line: usize,
    within_crate: bool,
}

impl House {
    fn of_this_crate() -> &'static Self {
        static HOUSE: LazyLock<House> = LazyLock::new(House::read);
        &HOUSE
    }

    fn read() -> Self {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = Vec::new();
        collect(&source, &source, &mut files);
        assert!(!files.is_empty(), "no files in {}", source.display());
        Self::build(&files)
    }

    /// `files` are paths below src/ and what is in them.
    fn build(files: &[(String, String)]) -> Self {
        let mut macros = BTreeMap::new();
        let scanned: Vec<_> = files
            .iter()
            .filter(|(file, _)| file != "tests.rs" && !file.ends_with("/tests.rs"))
            .filter(|(file, _)| !file.contains("/tests/"))
            .map(|(file, text)| (file, text, module_path(file), without_tests(tokens(text))))
            .collect();
        for (_, _, module, tokens) in &scanned {
            for name in exported_macros(tokens) {
                macros.insert(name, module.clone());
            }
        }
        let known: Vec<String> = scanned
            .iter()
            .map(|(_, _, module, _)| module.clone())
            .collect();
        let modules = scanned.iter().map(|(file, text, module, tokens)| {
            let found = Module {
                file: format!("src/{file}"),
                lines: text.lines().count(),
                first_line: text.lines().next().unwrap_or_default().to_owned(),
                uses: uses(tokens, module, &known),
                clap_environment: clap_environment(tokens),
            };
            (module.clone(), found)
        });
        Self {
            modules: modules.collect(),
            macros,
        }
    }

    fn homeless(&self) -> Vec<Found> {
        self.modules
            .iter()
            .filter(|(path, _)| !path.is_empty() && room_of(path).is_none())
            .map(|(_, module)| module.found(1, "belongs to no room".to_owned()))
            .collect()
    }

    /// The module that a path within the crate leads into, or through.
    fn target(&self, path: &[String]) -> Option<String> {
        let target = (1..=path.len())
            .rev()
            .map(|length| path[..length].join("::"))
            .find(|path| self.modules.contains_key(path));
        target.or_else(|| self.macros.get(path.first()?).cloned())
    }

    fn astray(&self) -> Vec<Found> {
        let mut found = Vec::new();
        for module in self.modules.values() {
            for used in module.uses.iter().filter(|used| used.within_crate) {
                if self.target(&used.path).is_none() {
                    let what = format!("`{}` is no module of src/", used.path.join("::"));
                    found.push(module.found(used.line, what));
                }
            }
        }
        found
    }

    fn imports_of(&self, room: &str) -> Vec<Found> {
        let Some(own) = HOUSE.iter().find(|known| known.name == room) else {
            panic!("no room `{room}` in HOUSE");
        };
        let mut found = Vec::new();
        for (path, module) in self.modules_in(room) {
            for used in module.uses.iter().filter(|used| used.within_crate) {
                let Some(target) = self.target(&used.path) else {
                    continue; // `astray` tells
                };
                let into = room_of(&target).map_or("lib", |room| room.name);
                let written = used.path.join("::");
                let inside = target == *path || target.starts_with(&format!("{path}::"));
                let allowed = own.imports.iter().any(|allowed| {
                    *allowed == into || allowed.contains("::") && is_below(&written, allowed)
                });
                // A file may name the files that it is split into.
                if into != room && !inside && !allowed {
                    let what = format!("`{room}` may not import `{written}`, which is `{into}`");
                    found.push(module.found(used.line, what));
                }
            }
        }
        found
    }

    fn importers(&self, of: &str, allowed: &[&str]) -> Vec<Found> {
        let mut found = Vec::new();
        for (path, module) in &self.modules {
            let room = room_of(path).map_or("lib", |room| room.name);
            if room == of || allowed.contains(&room) {
                continue;
            }
            for used in module.uses.iter().filter(|used| used.within_crate) {
                let target = self.target(&used.path).unwrap_or_default();
                if room_of(&target).is_some_and(|room| room.name == of) {
                    found.push(module.found(used.line, format!("`{room}` imports `{of}`")));
                }
            }
        }
        found
    }

    fn mentions(&self, room: &str, name: &str) -> Vec<Found> {
        let excepted: Vec<&str> = OUTSIDE
            .iter()
            .filter(|(known, crates, _)| *known == room && crates.contains(&name))
            .flat_map(|(_, _, excepted)| excepted.iter().copied())
            .collect();
        let mut found = Vec::new();
        for (_, module) in self.modules_in(room) {
            for used in module.uses.iter().filter(|used| !used.within_crate) {
                let written = used.path.join("::");
                // `#[diesel(…)]` on a type that lies in a column is the derive's own.
                let bare = used.path.len() == 1 && !excepted.is_empty();
                let free = bare || excepted.iter().any(|excepted| is_below(&written, excepted));
                if used.path[0].starts_with(name) && !free {
                    found.push(module.found(used.line, format!("`{room}` mentions `{written}`")));
                }
            }
        }
        found
    }

    fn environment(&self) -> Vec<Found> {
        const READS: [&str; 6] = ["var", "var_os", "vars", "vars_os", "set_var", "remove_var"];
        let mut found = Vec::new();
        for (path, module) in &self.modules {
            if is_below(path, "config") {
                continue;
            }
            for used in &module.uses {
                let written = used.path.join("::");
                let reads = written == "std::env"
                    || written.starts_with("std::env::")
                    || is_below(&written, "dotenvy")
                    || READS.iter().any(|read| written == format!("env::{read}"));
                if reads {
                    found.push(module.found(used.line, format!("mentions `{written}`")));
                }
            }
            for &line in &module.clap_environment {
                let what = "an argument reads the environment".to_owned();
                found.push(module.found(line, what));
            }
        }
        found
    }

    fn untitled(&self) -> Vec<Found> {
        self.modules
            .values()
            .filter(|module| !module.first_line.starts_with("//! "))
            .map(|module| module.found(1, "does not begin with `//! `".to_owned()))
            .collect()
    }

    fn long(&self) -> Vec<Found> {
        self.modules
            .values()
            .filter(|module| module.lines > MOST_LINES)
            .map(|module| {
                let what = format!("{} lines, at most {MOST_LINES}", module.lines);
                module.found(MOST_LINES + 1, what)
            })
            .collect()
    }

    fn modules_in<'a>(&'a self, room: &'a str) -> impl Iterator<Item = (&'a String, &'a Module)> {
        self.modules
            .iter()
            .filter(move |(path, _)| room_of(path).is_some_and(|known| known.name == room))
    }
}

impl Module {
    fn found(&self, line: usize, what: String) -> Found {
        Found {
            file: self.file.clone(),
            line,
            what,
        }
    }
}

fn room_of(module: &str) -> Option<&'static Room> {
    let fits = |files: &&str| {
        if let Some(name) = files.strip_prefix("*::") {
            module.split("::").skip(1).any(|part| part == name)
        } else if let Some(name) = files.strip_prefix('=') {
            module == name
        } else {
            is_below(module, files)
        }
    };
    HOUSE.iter().find(|room| room.files.iter().any(fits))
}

fn is_below(path: &str, top: &str) -> bool {
    path.strip_prefix(top)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        panic!("cannot read {}", folder.display());
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let (Ok(text), Ok(name)) = (std::fs::read_to_string(&path), path.strip_prefix(root))
            else {
                panic!("cannot read {}", path.display());
            };
            files.push((name.to_string_lossy().replace('\\', "/"), text));
        }
    }
}

/// `articles/queries.rs` → `articles::queries`, `articles/mod.rs` → `articles`, `lib.rs` → ``.
fn module_path(file: &str) -> String {
    let path = file.trim_end_matches(".rs").replace('/', "::");
    match path.strip_suffix("::mod") {
        Some(folder) => folder.to_owned(),
        None if path == "lib" => String::new(),
        None => path,
    }
}

/// A name, `::`, or one other sign; comments, texts and lifetimes are left out.
#[derive(Clone)]
struct Token {
    text: String,
    line: usize,
}

impl Token {
    fn is_name(&self) -> bool {
        self.text
            .starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let letters: Vec<char> = text.chars().collect();
    let at = |index: usize| letters.get(index).copied().unwrap_or('\0');
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut tokens = Vec::new();
    let (mut index, mut line) = (0, 1);
    while index < letters.len() {
        let start = index;
        match (at(index), at(index + 1)) {
            ('/', '/') => {
                while index < letters.len() && at(index) != '\n' {
                    index += 1;
                }
            }
            ('/', '*') => {
                let mut depth = 0;
                loop {
                    match (at(index), at(index + 1)) {
                        ('/', '*') => (depth, index) = (depth + 1, index + 2),
                        ('*', '/') => (depth, index) = (depth - 1, index + 2),
                        _ => index += 1,
                    }
                    if depth == 0 || index >= letters.len() {
                        break;
                    }
                }
            }
            ('"', _) => index = after_text(&letters, index),
            ('\'', next) => {
                // 'a' and '\n' are letters, 'a is a lifetime.
                if next == '\\' {
                    index += 3;
                    while index < letters.len() && at(index) != '\'' {
                        index += 1;
                    }
                    index += 1;
                } else if at(index + 2) == '\'' {
                    index += 3;
                } else {
                    index += 1;
                    while is_part(at(index)) {
                        index += 1;
                    }
                }
            }
            (letter, _) if is_part(letter) => {
                while is_part(at(index)) {
                    index += 1;
                }
                let word: String = letters[start..index].iter().collect();
                let raw = matches!(word.as_str(), "r" | "br" | "cr");
                if raw
                    && (at(index) == '"' || at(index) == '#' && matches!(at(index + 1), '"' | '#'))
                {
                    index = after_raw_text(&letters, index);
                } else if raw && at(index) == '#' {
                    index += 1; // r#type: the name follows
                } else if !(at(index) == '"' && matches!(word.as_str(), "b" | "c")) {
                    tokens.push(Token { text: word, line });
                }
            }
            (':', ':') => {
                index += 2;
                tokens.push(Token {
                    text: "::".to_owned(),
                    line,
                });
            }
            (sign, _) => {
                index += 1;
                if !sign.is_whitespace() {
                    tokens.push(Token {
                        text: sign.to_string(),
                        line,
                    });
                }
            }
        }
        let passed = letters
            .get(start..index.min(letters.len()))
            .unwrap_or_default();
        line += passed.iter().filter(|&&letter| letter == '\n').count();
    }
    tokens
}

fn after_text(letters: &[char], quote: usize) -> usize {
    let mut index = quote + 1;
    while index < letters.len() && letters[index] != '"' {
        index += if letters[index] == '\\' { 2 } else { 1 };
    }
    index + 1
}

fn after_raw_text(letters: &[char], start: usize) -> usize {
    let marks = letters[start..]
        .iter()
        .take_while(|&&letter| letter == '#')
        .count();
    let mut index = start + marks + 1;
    while index < letters.len() {
        let closing = letters[index + 1..].iter().take(marks);
        if letters[index] == '"' && closing.filter(|&&letter| letter == '#').count() == marks {
            return index + 1 + marks;
        }
        index += 1;
    }
    index
}

/// Leaves out every item under `#[cfg(test)]`.
fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let marked = tokens[index..]
            .iter()
            .map(|token| token.text.as_str())
            .take(MARK.len());
        if !marked.eq(MARK) {
            kept.push(tokens[index].clone());
            index += 1;
            continue;
        }
        index += MARK.len();
        // The item ends with `;` or with the brace that closes its own.
        let mut depth = 0;
        while let Some(token) = tokens.get(index) {
            index += 1;
            match token.text.as_str() {
                "{" | "(" | "[" => depth += 1,
                ")" | "]" => depth -= 1,
                "}" => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                ";" if depth == 0 => break,
                _ => {}
            }
        }
    }
    kept
}

fn exported_macros(tokens: &[Token]) -> Vec<String> {
    const MARK: [&str; 4] = ["#", "[", "macro_export", "]"];
    let texts: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    let mut names = Vec::new();
    for (index, mark) in texts.windows(MARK.len()).enumerate() {
        if mark == MARK {
            let rest = &texts[index + MARK.len()..];
            if let Some(name) = rest
                .iter()
                .skip_while(|text| **text != "macro_rules")
                .nth(2)
            {
                names.push((*name).to_owned());
            }
        }
    }
    names
}

/// `#[arg(env …)]` and the like.
fn clap_environment(tokens: &[Token]) -> Vec<usize> {
    let mut lines = Vec::new();
    for (index, start) in tokens.windows(4).enumerate() {
        let texts: Vec<&str> = start.iter().map(|token| token.text.as_str()).collect();
        if !matches!(
            texts[..],
            ["#", "[", "arg" | "clap" | "command" | "group", "("]
        ) {
            continue;
        }
        let inside = tokens[index..].iter().take_while(|token| token.text != "]");
        lines.extend(
            inside
                .filter(|token| token.text == "env")
                .map(|token| token.line),
        );
    }
    lines
}

/// Every path, from `use` lines and from the code.
fn uses(tokens: &[Token], module: &str, known: &[String]) -> Vec<Use> {
    let mut found = Vec::new();
    let mut inner: Vec<(String, usize)> = Vec::new(); // modules written out in this file
    let (mut index, mut depth) = (0, 0);
    while let Some(token) = tokens.get(index) {
        let next = |offset: usize| tokens.get(index + offset).map(|token| token.text.as_str());
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        let inside = before.is_some_and(|before| before.text == "::" || before.text == ".");
        let mut paths = Vec::new();
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inner.retain(|(_, opened)| *opened <= depth);
            }
            "mod" if next(2) == Some("{") => {
                inner.push((next(1).unwrap_or_default().to_owned(), depth + 1));
                index += 1;
            }
            // `+ use<…>` in a type names lifetimes.
            "use" if next(1) != Some("<") => {
                index += 1;
                read_tree(tokens, &mut index, &[], &mut paths);
                index -= 1;
            }
            _ if token.is_name() && !inside => {
                let mut path = vec![token.text.clone()];
                let line = token.line;
                while tokens.get(index + 1).is_some_and(|sign| sign.text == "::")
                    && let Some(name) = tokens.get(index + 2)
                    && name.is_name()
                {
                    path.push(name.text.clone());
                    index += 2;
                }
                paths.push((path, line));
            }
            _ => {}
        }
        let here: Vec<&str> = module
            .split("::")
            .filter(|part| !part.is_empty())
            .chain(inner.iter().map(|(name, _)| name.as_str()))
            .collect();
        found.extend(
            paths
                .into_iter()
                .map(|(path, line)| resolve(path, line, &here, known)),
        );
        index += 1;
    }
    found
}

/// `a::{b, c::*}` → `a::b`, `a::c`. Ends after what it read.
fn read_tree(
    tokens: &[Token],
    index: &mut usize,
    prefix: &[String],
    paths: &mut Vec<(Vec<String>, usize)>,
) {
    let mut path = prefix.to_vec();
    let mut line = 0;
    while let Some(token) = tokens.get(*index) {
        match token.text.as_str() {
            "{" => {
                *index += 1;
                while tokens.get(*index).is_some_and(|token| token.text != "}") {
                    read_tree(tokens, index, &path, paths);
                    if tokens.get(*index).is_some_and(|token| token.text == ",") {
                        *index += 1;
                    }
                }
                *index += 1;
                return;
            }
            "as" => *index += 2,
            "self" if !path.is_empty() => {
                line = token.line;
                *index += 1;
            }
            "::" | "$" => *index += 1,
            _ if token.is_name() || token.text == "*" => {
                line = token.line;
                path.push(token.text.clone());
                *index += 1;
            }
            _ => break,
        }
    }
    if line == 0 {
        *index += 1; // nothing that belongs in a `use`: go on rather than stand still
    } else {
        paths.push((path, line));
    }
}

/// Makes a path start at the crate's root where it leads there.
fn resolve(path: Vec<String>, line: usize, here: &[&str], known: &[String]) -> Use {
    let from = |base: &[&str], rest: &[String]| {
        base.iter()
            .map(|part| (*part).to_owned())
            .chain(rest.iter().cloned())
            .collect()
    };
    let within = |path| Use {
        path,
        line,
        within_crate: true,
    };
    match path[0].as_str() {
        "crate" if path.len() > 1 => within(path[1..].to_vec()),
        // The binary sees the library as a crate.
        "isnad" if path.len() > 1 && here.first() == Some(&"main") => within(path[1..].to_vec()),
        "self" if path.len() > 1 => within(from(here, &path[1..])),
        "super" if path.len() > 1 => {
            let ups = path.iter().take_while(|part| *part == "super").count();
            let base = &here[..here.len().saturating_sub(ups)];
            within(from(base, &path[ups..]))
        }
        // A module of this file's own needs no `self::`.
        first if path.len() > 1 && known.contains(&from_parts(here, first)) => {
            within(from(here, &path))
        }
        _ => Use {
            path,
            line,
            within_crate: false,
        },
    }
}

fn from_parts(here: &[&str], last: &str) -> String {
    here.iter()
        .copied()
        .chain([last])
        .collect::<Vec<_>>()
        .join("::")
}

/// The rules hold only if they catch what breaks them: a house with a fault in every room.
mod proof {
    use super::{Found, House, MOST_LINES};

    fn house(files: &[(&str, &str)]) -> House {
        let owned: Vec<(String, String)> = files
            .iter()
            .map(|(file, text)| ((*file).to_owned(), (*text).to_owned()))
            .collect();
        House::build(&owned)
    }

    /// `file:line` of each.
    fn places(found: &[Found]) -> Vec<String> {
        let place = |found: &Found| format!("{}:{}", found.file, found.line);
        let mut places: Vec<String> = found.iter().map(place).collect();
        places.dedup();
        places
    }

    const FEATURE: [(&str, &str); 5] = [
        (
            "articles/mod.rs",
            "//! Articles.\nmod handlers;\npub use handlers::routes;\n",
        ),
        (
            "articles/handlers.rs",
            "//! Answers.\nuse super::{queries, types::Article};\n",
        ),
        (
            "articles/queries.rs",
            "//! Queries.\nuse super::types::*;\nuse crate::on_engine;\n",
        ),
        (
            "articles/types.rs",
            "//! Types.\nuse crate::database::schema::articles;\n",
        ),
        (
            "database/mod.rs",
            "//! Rows.\n#[macro_export]\nmacro_rules! on_engine { () => { $crate::database::Conn }; }\n",
        ),
    ];

    fn with(file: &str, text: &str) -> House {
        let kept = FEATURE.iter().filter(|(known, _)| *known != file).copied();
        house(&kept.chain([(file, text)]).collect::<Vec<_>>())
    }

    #[test]
    fn a_sound_house_has_no_faults() {
        let house = house(&FEATURE);
        for room in super::HOUSE {
            assert_eq!(
                places(&house.imports_of(room.name)),
                [""; 0],
                "{}",
                room.name
            );
        }
        assert_eq!(places(&house.astray()), [""; 0]);
        assert_eq!(places(&house.homeless()), [""; 0]);
        assert_eq!(places(&house.untitled()), [""; 0]);
    }

    #[test]
    fn upward_imports_are_caught_however_they_are_written() {
        for import in [
            "use crate::articles::handlers::list_articles;",
            "use crate::{database::Conn, articles::{types::Article, handlers}};",
            "use super::handlers;",
            "use super::handlers::{self as above};",
            "pub(crate) use super::super::articles::handlers::*;",
            "fn list() { crate::articles::handlers::list_articles() }",
            "fn list(x: Vec<super::handlers::Page>) {}",
            "mod inner { use super::super::handlers; }",
            "macro_rules! list { () => { $crate::articles::handlers::list() }; }",
        ] {
            let house = with(
                "articles/queries.rs",
                &format!("//! Queries.\n\n{import}\n"),
            );
            let found = house.imports_of("queries");
            assert_eq!(places(&found), ["src/articles/queries.rs:3"], "{import}");
        }
    }

    #[test]
    fn only_code_counts() {
        let house = with(
            "articles/queries.rs",
            r##"//! use super::handlers; actix_web
/* use super::handlers; /* actix_web */ use super::handlers; */
pub(super) fn list<'a>(text: &'a str) -> [char; 3] {
    let _ = ("use super::handlers; \" actix", r#"actix_web " crate::articles::handlers"#, b"actix");
    ['"', '\'', '\\']
}
#[cfg(test)]
mod tests {
    use crate::articles::handlers;
    fn list() { actix_web::test() }
}
"##,
        );
        assert_eq!(places(&house.imports_of("queries")), [""; 0]);
        assert_eq!(places(&house.mentions("queries", "actix")), [""; 0]);
    }

    #[test]
    fn what_follows_texts_and_tests_counts_again() {
        let house = with(
            "articles/queries.rs",
            "//! Queries.\nconst A: (char, &str) = ('\"', \"\\\"\n\");\n#[cfg(test)]\nmod tests { fn a() {} }\n\
             use super::handlers;\nfn a(b: actix_web::B) {}\n",
        );
        assert_eq!(
            places(&house.imports_of("queries")),
            ["src/articles/queries.rs:6"]
        );
        assert_eq!(
            places(&house.mentions("queries", "actix")),
            ["src/articles/queries.rs:7"]
        );
    }

    #[test]
    fn crates_out_of_place_are_caught() {
        let house = house(&[
            (
                "articles/handlers.rs",
                "//! A.\nuse diesel::prelude::*;\n#[derive(diesel::Queryable)]\nstruct A;\n",
            ),
            (
                "articles/queries.rs",
                "//! A.\nuse actix_web::web;\nfn a() -> actix_http::Error {}\n",
            ),
            (
                "domain/id.rs",
                "//! A.\nuse diesel::sql_types::Text;\n#[diesel(sql_type = Text)]\nstruct A;\n\
                 use diesel::{deserialize::FromSqlRow, prelude::*};\nuse actix_web::web;\n",
            ),
        ]);
        let at = |room: &str, name: &str| places(&house.mentions(room, name));
        assert_eq!(
            at("handlers", "diesel"),
            ["src/articles/handlers.rs:2", "src/articles/handlers.rs:3"]
        );
        assert_eq!(
            at("queries", "actix"),
            ["src/articles/queries.rs:2", "src/articles/queries.rs:3"]
        );
        assert_eq!(at("domain", "diesel"), ["src/domain/id.rs:5"]);
        assert_eq!(at("domain", "actix"), ["src/domain/id.rs:6"]);
    }

    #[test]
    fn part_of_a_room_may_be_opened_and_the_rest_stays_shut() {
        let house = house(&[
            (
                "articles/types.rs",
                "//! A.\nuse crate::database::schema::articles;\nuse crate::database::{Database, schema};\n",
            ),
            ("database/mod.rs", "//! A.\n"),
            ("database/schema.rs", "//! A.\n"),
            ("domain/id.rs", "//! A.\nuse crate::database;\n"),
        ]);
        assert_eq!(
            places(&house.imports_of("types")),
            ["src/articles/types.rs:3"]
        );
        assert_eq!(places(&house.imports_of("domain")), ["src/domain/id.rs:2"]);
    }

    #[test]
    fn the_top_is_imported_from_above_only() {
        let house = house(&[
            ("lib.rs", "//! A.\npub mod app;\npub use app::openapi;\n"),
            (
                "main.rs",
                "//! A.\nuse isnad::commands;\nuse isnad::server;\n",
            ),
            ("commands/mod.rs", "//! A.\nuse crate::{app, server};\n"),
            (
                "server.rs",
                "//! A.\nuse crate::app;\nuse crate::commands;\n",
            ),
            ("app.rs", "//! A.\n"),
        ]);
        assert_eq!(
            places(&house.importers("commands", &["main"])),
            ["src/server.rs:3"]
        );
        assert_eq!(
            places(&house.importers("server", &["commands"])),
            ["src/main.rs:3"]
        );
        assert_eq!(
            places(&house.importers("app", &["server", "commands"])),
            ["src/lib.rs:3"]
        );
    }

    #[test]
    fn reading_the_environment_is_caught() {
        let house = house(&[
            (
                "config.rs",
                "//! A.\nuse std::env;\nfn a() { env::var(\"A\"); dotenvy::dotenv(); }\n",
            ),
            (
                "server.rs",
                "//! A.\nuse std::{env, io};\nfn a() { env::var(\"A\"); }\nfn b() { std::env::var_os(\"A\"); }\n\
                 fn c() { dotenvy::dotenv(); }\nstruct A {\n#[arg(long, env = \"A\")]\na: u8,\n}\n\
                 const V: &str = env!(\"CARGO_PKG_VERSION\");\n",
            ),
        ]);
        let expected = ["2", "3", "4", "5", "7"].map(|line| format!("src/server.rs:{line}"));
        assert_eq!(places(&house.environment()), expected);
    }

    #[test]
    fn homeless_untitled_long_and_misled_files_are_caught() {
        let long = format!("//! A.\n{}", "\n".repeat(MOST_LINES));
        let house = house(&[
            ("helpers.rs", "//! A.\n"),
            ("articles/misc.rs", "// A.\nuse crate::nowhere::Thing;\n"),
            ("domain/id.rs", &long),
            ("keys/misc.rs", "//! A.\n"),
        ]);
        assert_eq!(
            places(&house.homeless()),
            [
                "src/articles/misc.rs:1",
                "src/helpers.rs:1",
                "src/keys/misc.rs:1"
            ]
        );
        assert_eq!(places(&house.untitled()), ["src/articles/misc.rs:1"]);
        assert_eq!(
            places(&house.long()),
            [format!("src/domain/id.rs:{}", MOST_LINES + 1)]
        );
        assert_eq!(places(&house.astray()), ["src/articles/misc.rs:2"]);
    }
}
