"""Bodies as the document's examples have them."""


def given(operation):
    """The example of an operation's body, if it has one."""
    content = next(iter(operation.get("requestBody", {}).get("content", {}).values()), {})
    return content.get("example")


def fresh(operation, slug):
    """The same, but what it makes is new: the server gives the ids, and the slug, or of a key the name, is this one."""
    body = given(operation)
    if body is None or not operation["operationId"].startswith(("create_", "put_")):
        return body
    body = {member: value for member, value in body.items() if member not in ("id", "statements", "expires_at")}
    if "scope" in body:
        body["name"] = slug
    elif "name" in body or "title" in body:
        body["slug"] = slug
    return body
