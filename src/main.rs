//! The program: reads the command line, starts the log, runs one command.
use std::io::Write;
use std::process::ExitCode;

use isnad::commands;
use isnad::config::{Arguments, Log, LogFormat};

fn main() -> ExitCode {
    let arguments = Arguments::read();
    start_log(&arguments.log);
    commands::run(arguments)
}

/// The log goes to standard error: standard output is for what a command makes.
fn start_log(log: &Log) {
    let mut builder = env_logger::Builder::new();
    builder.parse_filters(&log.filter);
    if log.format == LogFormat::Json {
        builder.format(|out, record| {
            let mut line = serde_json::Map::new();
            line.insert("time".into(), out.timestamp_millis().to_string().into());
            line.insert("level".into(), record.level().as_str().into());
            line.insert("target".into(), record.target().into());
            line.insert("message".into(), record.args().to_string().into());
            let mut members = Members(&mut line);
            // A member that cannot be told is left out: a log line is no place to fail.
            let _ = record.key_values().visit(&mut members);
            writeln!(out, "{}", serde_json::Value::Object(line))
        });
    }
    builder.init();
}

struct Members<'a>(&'a mut serde_json::Map<String, serde_json::Value>);

impl<'kvs> log::kv::VisitSource<'kvs> for Members<'_> {
    fn visit_pair(
        &mut self,
        key: log::kv::Key<'kvs>,
        value: log::kv::Value<'kvs>,
    ) -> Result<(), log::kv::Error> {
        let value = match value.to_u64() {
            Some(number) => number.into(),
            None => value.to_string().into(),
        };
        self.0.insert(key.to_string(), value);
        Ok(())
    }
}
