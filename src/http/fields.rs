//! `fields`: some top-level members of an answer, cut out of its JSON without parsing the rest.
use serde_json::value::RawValue;
use utoipa::PartialSchema;
use utoipa::openapi::{RefOr, Schema};

use super::parameters::{listed, nearest};
use super::problem::ApiError;
use super::values::FieldList;
use crate::domain::verbatim::Verbatim;

/// Which top-level members of an answer to show.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// All, when None.
    only: Option<Vec<String>>,
    /// Never these, unless `only` names them.
    hidden: Vec<&'static str>,
}

impl Shown {
    /// `fields` as a client gave them, held against the schema of what is answered.
    pub fn of<T: PartialSchema>(fields: Option<FieldList>) -> Result<Self, ApiError> {
        let Some(fields) = fields else {
            return Ok(Self::default());
        };
        let known = members_of(T::schema());
        let fields: Vec<String> = fields.0.into_iter().map(|field| field.0).collect();
        for field in &fields {
            if !known.contains(field) {
                let detail = match nearest(field, &known) {
                    Some(nearest) => {
                        format!("has no `{field}` to choose; did you mean `{nearest}`?")
                    }
                    None => format!("has no `{field}` to choose; there are {}", listed(&known)),
                };
                return Err(ApiError::parameter("fields", detail));
            }
        }
        Ok(Self {
            only: Some(fields),
            hidden: Vec::new(),
        })
    }

    /// Of a thing whose lists leave out `parts`: adds those that are `included` or named by `fields`. Says whether
    /// there are any.
    pub fn including(mut self, parts: &[&'static str], included: &[&'static str]) -> (Self, bool) {
        let named = |part: &str| self.only.iter().flatten().any(|name| name == part);
        let added = |part: &&'static str| included.contains(part) || named(part);
        let any = parts.iter().any(&added);
        if any {
            self.hidden = parts.iter().copied().filter(|part| !added(part)).collect();
        }
        if let Some(only) = &mut self.only {
            only.extend(included.iter().map(|part| (*part).to_owned()));
        }
        (self, any)
    }

    /// Whether the answer is but a part of the plain one.
    pub fn is_partial(&self) -> bool {
        self.only.is_some()
    }

    /// The document with the members that are to be shown, in its own order.
    pub fn apply(&self, json: Verbatim) -> serde_json::Result<Verbatim> {
        if self.only.is_none() && self.hidden.is_empty() {
            return Ok(json);
        }
        let wanted = |name: &str| match &self.only {
            Some(only) => only.iter().any(|wanted| wanted == name),
            None => !self.hidden.contains(&name),
        };
        let mut cut = Vec::with_capacity(json.0.len());
        cut.push(b'{');
        for (name, value) in members(&json.0)? {
            if wanted(name) {
                if cut.len() > 1 {
                    cut.push(b',');
                }
                // Names of members are our own: none needs escaping.
                cut.push(b'"');
                cut.extend_from_slice(name.as_bytes());
                cut.extend_from_slice(b"\":");
                cut.extend_from_slice(value.get().as_bytes());
            }
        }
        cut.push(b'}');
        Ok(Verbatim(cut))
    }
}

/// The top-level members of an object, in order.
fn members(json: &[u8]) -> serde_json::Result<Vec<(&str, &RawValue)>> {
    struct Members<'a>(Vec<(&'a str, &'a RawValue)>);
    impl<'de> serde::Deserialize<'de> for Members<'de> {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct InOrder;
            impl<'de> serde::de::Visitor<'de> for InOrder {
                type Value = Vec<(&'de str, &'de RawValue)>;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("an object")
                }
                fn visit_map<A: serde::de::MapAccess<'de>>(
                    self,
                    mut map: A,
                ) -> Result<Self::Value, A::Error> {
                    let mut members = Vec::new();
                    while let Some(member) = map.next_entry()? {
                        members.push(member);
                    }
                    Ok(members)
                }
            }
            deserializer.deserialize_map(InOrder).map(Members)
        }
    }
    serde_json::from_slice::<Members<'_>>(json).map(|members| members.0)
}

fn members_of(schema: RefOr<Schema>) -> Vec<String> {
    match schema {
        RefOr::T(Schema::Object(object)) => object.properties.keys().cloned().collect(),
        _ => Vec::new(),
    }
}
