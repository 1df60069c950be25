"""The generated client, set up for the server under test, with a record of the operations that it called."""

import os
from typing import Any

import isnad

server = os.environ["ISNAD_URL"]
called: set[str] = set()


class RecordingClient(isnad.ApiClient):
    """Notes each operation by the path that the document gives it, before its parameters are filled in."""

    def param_serialize(self, method: str, resource_path: str, *rest: Any, **named: Any) -> Any:
        called.add(f"{method} {resource_path}")
        return super().param_serialize(method, resource_path, *rest, **named)


def connect(key: str | None = None) -> RecordingClient:
    return RecordingClient(isnad.Configuration(host=server, access_token=key))


# Reading goes without a key, as the public does it.
public = connect()
articles = isnad.ArticlesApi(public)
statements = isnad.StatementsApi(public)
speakers = isnad.SpeakersApi(public)
outlets = isnad.OutletsApi(public)
tags = isnad.TagsApi(public)
search = isnad.SearchApi(public)
meta = isnad.MetaApi(public)
desk = connect(os.environ["ISNAD_KEY"])
administration = connect(os.environ["ISNAD_ADMIN_KEY"])
