      // A list of UUIDs is typed in as plain text: without this, Swagger UI complains that it has no field for one.
      ({ React, getComponent }) => ({ components: {
        JsonSchema_string_uuid: (props) => React.createElement(getComponent("JsonSchema_string"), props),
      } }),
