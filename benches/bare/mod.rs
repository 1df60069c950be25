//! What isnad writes, row by row, and a database that takes the rows bare.
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::Failure;

/// What is changed in rows that are there.
const CHANGED: [(&str, &[&str]); 3] = [
    (
        "store",
        &[
            "sequence",
            "public_sequence",
            "render_version",
            "search_version",
            "search_progress",
        ],
    ),
    (
        "entities",
        &[
            "article_count",
            "statement_count",
            "mention_count",
            "visible",
            "sequence",
            "public_sequence",
        ],
    ),
    (
        "articles",
        &["list_json", "item_json", "sequence", "public_sequence"],
    ),
];

/// The index of terms is a table of another kind: it has no triggers and does not give its rows back.
const TERMS: [(&str, &str, [&str; 3]); 2] = [
    ("article_terms", "article_places", ["title", "lead", "body"]),
    (
        "statement_terms",
        "statement_places",
        ["quote", "speaker", "outlet"],
    ),
];

/// A row of a table, and the statement that writes it.
pub struct Row {
    statement: String,
    values: Vec<Value>,
}

/// A table, and its columns.
struct Table {
    name: String,
    columns: Vec<String>,
}

impl Table {
    /// All that hold content, in the order in which they were made: what others refer to comes first.
    fn all(conn: &Connection) -> Result<Vec<Self>, Failure> {
        let mut names = conn.prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*_terms*' \
             AND name NOT GLOB 'written_*' AND name NOT GLOB '*_[a-z]*migrations' ORDER BY rowid",
        )?;
        let names = names.query_map([], |row| row.get(0))?;
        names
            .map(|name| {
                let name: String = name?;
                let mut columns = conn.prepare("SELECT name FROM pragma_table_info(?)")?;
                let columns = columns.query_map([&name], |row| row.get(0))?;
                let columns = columns.collect::<Result<_, _>>()?;
                Ok(Self { name, columns })
            })
            .collect()
    }

    /// A row as it was put in.
    fn put_in(&self, values: Vec<Value>) -> Row {
        let statement = insert(&self.name, &self.columns);
        Row { statement, values }
    }

    /// A row as it was changed.
    fn changed(&self, values: Vec<Value>) -> Result<Row, Failure> {
        let name = &self.name;
        let changed = CHANGED.iter().find(|(table, _)| table == name);
        let (_, changed) = changed.ok_or_else(|| format!("rows of {name} are changed"))?;
        let mut by_name: HashMap<&str, Value> = self
            .columns
            .iter()
            .map(String::as_str)
            .zip(values)
            .collect();
        let names = changed.iter().chain(&["id"]);
        let values = names.map(|name| by_name.remove(name).ok_or("no such column"));
        Ok(Row {
            statement: format!(
                "UPDATE {name} SET {} = ? WHERE id = ?",
                changed.join(" = ?, ")
            ),
            values: values.collect::<Result<_, _>>()?,
        })
    }
}

fn insert(table: &str, columns: &[impl AsRef<str>]) -> String {
    let names = quoted(columns);
    let values = vec!["?"; columns.len()].join(", ");
    format!("INSERT INTO {table} ({names}) VALUES ({values})")
}

fn quoted(columns: &[impl AsRef<str>]) -> String {
    let quoted = columns
        .iter()
        .map(|column| format!("\"{}\"", column.as_ref()));
    quoted.collect::<Vec<_>>().join(", ")
}

/// Writes down what is written into a store.
pub struct Recorder {
    conn: Connection,
    file: PathBuf,
}

impl Recorder {
    pub fn install(file: &Path) -> Result<Self, Failure> {
        let conn = Connection::open(file)?;
        for Table { name, columns } in Table::all(&conn)? {
            let new: Vec<String> = columns.iter().map(|one| format!("NEW.\"{one}\"")).collect();
            // The row that counts is changed last.
            let (new, names) = (new.join(", "), quoted(&columns));
            let number = match name.as_str() {
                "store" => "NEW.sequence",
                _ => "(SELECT sequence + 1 FROM store)",
            };
            let note = |when: &str, changed: bool| {
                format!(
                    "CREATE TRIGGER written_{when}_{name} AFTER {when} ON {name} BEGIN \
                     INSERT INTO written_{name} SELECT {number}, {changed}, {new}; END;"
                )
            };
            conn.execute_batch(&format!(
                "CREATE TABLE written_{name} AS SELECT 0 AS written_by, 0 AS written_anew, {names} FROM {name} WHERE FALSE; {} {}",
                note("INSERT", false),
                note("UPDATE", true),
            ))?;
        }
        let file = file.to_owned();
        Ok(Self { conn, file })
    }

    /// The rows that each write wrote, in the order of the writes.
    pub fn rows(&self) -> Result<Vec<Vec<Row>>, Failure> {
        let mut writes: BTreeMap<i64, Vec<Row>> = BTreeMap::new();
        for table in Table::all(&self.conn)? {
            let name = &table.name;
            let mut terms = self.terms(name)?;
            let mut rows = self
                .conn
                .prepare(&format!("SELECT * FROM written_{name} ORDER BY rowid"))?;
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                let write = writes.entry(row.get(0)?).or_default();
                let values = (2..table.columns.len() + 2).map(|at| row.get(at));
                let values: Vec<Value> = values.collect::<Result<_, _>>()?;
                if row.get(1)? {
                    write.push(table.changed(values)?);
                    continue;
                }
                if let Some(Value::Integer(place)) = values.first() {
                    write.extend(terms.remove(place));
                }
                write.push(table.put_in(values));
            }
        }
        Ok(writes.into_values().collect())
    }

    /// The rows of the index whose places a table has: each with its terms, which stand in no order.
    fn terms(&self, places: &str) -> Result<HashMap<i64, Row>, Failure> {
        let mut rows = HashMap::new();
        let Some((table, _, columns)) = TERMS.iter().find(|(_, of, _)| *of == places) else {
            return Ok(rows);
        };
        let [first, second, third] = columns;
        self.conn.execute_batch(&format!(
            "CREATE VIRTUAL TABLE temp.of_{table} USING fts5vocab(main, {table}, instance)"
        ))?;
        let statement = insert(table, &["rowid", first, second, third]);
        let mut terms = self.conn.prepare(&format!(
            "SELECT doc, coalesce(group_concat(term, ' ') FILTER (WHERE col = '{first}'), ''), \
             coalesce(group_concat(term, ' ') FILTER (WHERE col = '{second}'), ''), \
             coalesce(group_concat(term, ' ') FILTER (WHERE col = '{third}'), '') FROM of_{table} GROUP BY doc"
        ))?;
        let mut terms = terms.query([])?;
        while let Some(row) = terms.next()? {
            let values = (0..4).map(|at| row.get(at)).collect::<Result<_, _>>()?;
            let statement = statement.clone();
            rows.insert(row.get(0)?, Row { statement, values });
        }
        Ok(rows)
    }
}

/// A store to which rows are put bare.
pub struct Bare(Connection);

impl Bare {
    /// A store that isnad made, with the settings by which isnad writes.
    pub fn open(file: &Path) -> Result<Self, Failure> {
        let conn = Connection::open(file)?;
        conn.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -8192; PRAGMA secure_delete = ON",
        )?;
        Ok(Self(conn))
    }

    /// Puts rows in by prepared statements, those of each write in a transaction.
    pub fn put(&self, writes: &[Vec<Row>]) -> Result<(), Failure> {
        let mut statements = HashMap::new();
        for rows in writes {
            self.0.execute_batch("BEGIN IMMEDIATE")?;
            for Row { statement, values } in rows {
                let statement = match statements.entry(statement.as_str()) {
                    Entry::Occupied(entry) => entry.into_mut(),
                    Entry::Vacant(entry) => entry.insert(self.0.prepare(statement)?),
                };
                statement.execute(params_from_iter(values))?;
            }
            self.0.execute_batch("COMMIT")?;
        }
        Ok(())
    }

    /// Makes sure that it has come to hold what was written down, row by row.
    pub fn hold_against(&self, recorder: &Recorder) -> Result<(), Failure> {
        let file = recorder.file.to_str().ok_or("the path is no text")?;
        self.0.execute("ATTACH ? AS recorded", [file])?;
        for Table { name, columns } in Table::all(&self.0)? {
            let columns = quoted(&columns);
            for (one, other) in [("main", "recorded"), ("recorded", "main")] {
                let lacks: i64 = self.0.query_row(
                    &format!(
                        "SELECT count(*) FROM (SELECT {columns} FROM {one}.{name} EXCEPT SELECT {columns} FROM {other}.{name})"
                    ),
                    [],
                    |row| row.get(0),
                )?;
                if lacks > 0 && name != "store" {
                    return Err(format!("{lacks} rows of {one}.{name} are not in {other}").into());
                }
            }
        }
        Ok(())
    }
}
