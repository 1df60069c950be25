//! JSON merge patches (RFC 7396): a document that says what is to be otherwise; null removes.
use serde_json::{Map, Value};

/// What a merge patch is: an object, as everything that it is applied to.
pub type Patch = Map<String, Value>;

/// Applies a patch. The members named in `whole` are values of their own, such as references: one that is given takes the
/// place of the one that is there, so that nothing is put together of two.
pub fn apply(target: &mut Patch, patch: &Patch, whole: &[&str]) {
    for (member, change) in patch {
        match change {
            Value::Null => {
                target.shift_remove(member);
            }
            Value::Object(change) => {
                let place = target.entry(member).or_insert(Value::Null);
                if whole.contains(&member.as_str()) || !place.is_object() {
                    *place = Value::Object(Patch::new());
                }
                if let Value::Object(place) = place {
                    apply(place, change, &[]);
                }
            }
            other => {
                target.insert(member.clone(), other.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn patched(target: Value, patch: Value, whole: &[&str]) -> Value {
        let (Value::Object(mut target), Value::Object(patch)) = (target, patch) else {
            panic!("both are objects");
        };
        apply(&mut target, &patch, whole);
        Value::Object(target)
    }

    #[test]
    fn the_examples_of_rfc_7396_come_out_as_it_says() {
        for (target, patch, result) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (
                json!({"a": "b"}),
                json!({"b": "c"}),
                json!({"a": "b", "b": "c"}),
            ),
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (
                json!({"a": "b", "b": "c"}),
                json!({"a": null}),
                json!({"b": "c"}),
            ),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "c"}), json!({"a": ["b"]}), json!({"a": ["b"]})),
            (
                json!({"a": {"b": "c"}}),
                json!({"a": {"b": "d", "c": null}}),
                json!({"a": {"b": "d"}}),
            ),
            (
                json!({"a": [{"b": "c"}]}),
                json!({"a": [1]}),
                json!({"a": [1]}),
            ),
            (
                json!({"e": null}),
                json!({"a": 1}),
                json!({"e": null, "a": 1}),
            ),
            (
                json!({}),
                json!({"a": {"bb": {"ccc": null}}}),
                json!({"a": {"bb": {}}}),
            ),
        ] {
            assert_eq!(patched(target, patch.clone(), &[]), result, "{patch}");
        }
    }

    #[test]
    fn a_reference_takes_the_place_of_the_one_that_is_there() {
        let before =
            json!({"outlet": {"id": "1", "slug": "one"}, "image": {"url": "u", "alt": "a"}});
        let patch = json!({"outlet": {"name": "Two", "url": null}, "image": {"alt": "b"}});
        assert_eq!(
            patched(before, patch, &["outlet"]),
            json!({"outlet": {"name": "Two"}, "image": {"url": "u", "alt": "b"}})
        );
    }
}
