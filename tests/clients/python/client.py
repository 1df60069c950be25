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


client = RecordingClient(isnad.Configuration(host=server))
articles = isnad.ArticlesApi(client)
statements = isnad.StatementsApi(client)
speakers = isnad.SpeakersApi(client)
outlets = isnad.OutletsApi(client)
tags = isnad.TagsApi(client)
meta = isnad.MetaApi(client)
# Writing takes a key; reading goes without, as the public does it.
writer = isnad.ArticlesApi(RecordingClient(isnad.Configuration(host=server, access_token=os.environ["ISNAD_KEY"])))
