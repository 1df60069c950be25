//! A client of `POST /v1/import` that says itself when it sends what and when it reads.
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use serde_json::Value;

use crate::program::Folder;
use crate::serving::{PATIENCE, Server};

/// An import under way: a request whose body is sent in chunks.
pub struct Importing {
    stream: TcpStream,
    answer: BufReader<TcpStream>,
    /// What was read of the body.
    body: Vec<u8>,
}

/// Makes a key that may publish.
pub fn key(folder: &Folder) -> String {
    let made = folder.good(&["key", "create", "--name", "importer", "--scope", "publish"]);
    made.out.trim().to_owned()
}

impl Importing {
    /// Sends the head alone.
    pub fn begin(server: &Server, key: &str, query: &str) -> Self {
        let stream = TcpStream::connect(&server.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut importing = Self {
            answer: BufReader::new(stream.try_clone().unwrap()),
            stream,
            body: Vec::new(),
        };
        let head = format!(
            "POST /v1/import{query} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n\
             Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
        );
        importing.stream.write_all(head.as_bytes()).unwrap();
        importing
    }

    pub fn stream(&mut self) -> &mut TcpStream {
        &mut self.stream
    }

    /// Sends text as one chunk, though the server may have hung up.
    pub fn try_send(&mut self, text: &str) -> std::io::Result<()> {
        let chunk = format!("{:x}\r\n{text}\r\n", text.len());
        self.stream.write_all(chunk.as_bytes())
    }

    pub fn send(&mut self, text: &str) {
        self.try_send(text).unwrap();
    }

    pub fn line(&mut self, line: &Value) {
        self.send(&format!("{line}\n"));
    }

    /// Says that no more comes.
    pub fn end(&mut self) {
        self.stream.write_all(b"0\r\n\r\n").unwrap();
    }

    /// The head of the answer.
    pub fn head(&mut self) -> String {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            let read = self.answer.read_line(&mut head).unwrap();
            assert!(read > 0, "the answer has no head: {head}");
        }
        head
    }

    /// The next line of the answer; None at its end, be that as HTTP has it or not.
    pub fn result(&mut self) -> Option<Value> {
        loop {
            if let Some(end) = self.body.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.body.drain(..=end).collect();
                return Some(serde_json::from_slice(&line).unwrap());
            }
            let chunk = self.chunk()?;
            self.body.extend(chunk);
        }
    }

    fn chunk(&mut self) -> Option<Vec<u8>> {
        let mut size = String::new();
        self.answer.read_line(&mut size).ok()?;
        let size = usize::from_str_radix(size.trim(), 16).ok()?;
        let mut chunk = vec![0; size + 2];
        self.answer.read_exact(&mut chunk).ok()?;
        chunk.truncate(size);
        Some(chunk).filter(|chunk| !chunk.is_empty())
    }

    /// Reads to the end; gives the last line.
    #[track_caller]
    pub fn last(mut self) -> Value {
        let mut last = None;
        while let Some(line) = self.result() {
            last = Some(line);
        }
        last.unwrap()
    }
}
