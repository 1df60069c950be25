// Left out of the binary: the page of Swagger UI does not ask for it.
