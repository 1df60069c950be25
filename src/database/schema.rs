//! The tables, as the migrations make them; what each column means stands there.

diesel::table! {
    store (id) {
        id -> BigInt,
        identity -> Text,
        sequence -> BigInt,
        public_sequence -> BigInt,
        render_version -> BigInt,
        search_version -> BigInt,
        search_progress -> BigInt,
    }
}

diesel::table! {
    entities (id) {
        id -> BigInt,
        uuid -> Text,
        thing -> Text,
        slug -> Text,
        name -> Text,
        fold -> Text,
        names -> Text,
        aliases -> Text,
        kind -> Nullable<Text>,
        description -> Nullable<Text>,
        references -> Text,
        url -> Nullable<Text>,
        country -> Nullable<Text>,
        language -> Nullable<Text>,
        article_count -> BigInt,
        statement_count -> BigInt,
        mention_count -> BigInt,
        visible -> Bool,
        created_at -> BigInt,
        updated_at -> BigInt,
        revision -> BigInt,
        sequence -> BigInt,
        public_sequence -> Nullable<BigInt>,
    }
}

diesel::table! {
    entity_spellings (thing, fold, entity_id) {
        thing -> Text,
        fold -> Text,
        entity_id -> BigInt,
    }
}

diesel::table! {
    entity_words (entity_id, word) {
        entity_id -> BigInt,
        word -> Text,
    }
}

diesel::table! {
    articles (id) {
        id -> BigInt,
        uuid -> Text,
        slug -> Text,
        language -> Text,
        title -> Text,
        summary -> Nullable<Text>,
        image -> Nullable<Text>,
        body -> Text,
        authors -> Text,
        dateline -> Nullable<Text>,
        outlet_id -> BigInt,
        source_url -> Nullable<Text>,
        status -> Text,
        reason -> Nullable<Text>,
        published_at -> Nullable<BigInt>,
        published_key -> BigInt,
        corrections -> Text,
        translation_group -> Nullable<Text>,
        created_at -> BigInt,
        updated_at -> BigInt,
        updated_by -> Nullable<Text>,
        revised_at -> Nullable<BigInt>,
        revision -> BigInt,
        sequence -> BigInt,
        public_sequence -> Nullable<BigInt>,
        visible -> Bool,
        statement_count -> BigInt,
        list_json -> Nullable<Text>,
        item_json -> Nullable<Text>,
    }
}

diesel::table! {
    article_tags (article_id, position) {
        article_id -> BigInt,
        position -> BigInt,
        tag_id -> BigInt,
    }
}

diesel::table! {
    article_references (article_id, position) {
        article_id -> BigInt,
        position -> BigInt,
        #[sql_name = "type"]
        type_ -> Text,
        value -> Text,
    }
}

diesel::table! {
    statements (id) {
        id -> BigInt,
        uuid -> Text,
        article_id -> BigInt,
        position -> BigInt,
        form -> Text,
        quote -> Text,
        anonymous -> Bool,
        anchor -> Nullable<Text>,
        said_at -> Nullable<BigInt>,
        said_precision -> Nullable<Text>,
        said_key -> BigInt,
        published_key -> BigInt,
        language -> Text,
        status -> Text,
        origin -> Text,
        confidence -> Nullable<Double>,
        rule -> Nullable<Text>,
        note -> Nullable<Text>,
        created_at -> BigInt,
        updated_at -> BigInt,
        revision -> BigInt,
        sequence -> BigInt,
        public_sequence -> Nullable<BigInt>,
        visible -> Bool,
        item_json -> Nullable<Text>,
    }
}

diesel::table! {
    statement_hops (statement_id, hop) {
        statement_id -> BigInt,
        hop -> BigInt,
        role -> Text,
        entity_id -> Nullable<BigInt>,
        anonymous_label -> Nullable<Text>,
        anonymous_count -> Nullable<BigInt>,
        unresolved_name -> Nullable<Text>,
        unresolved_kind -> Nullable<Text>,
        as_named -> Nullable<Text>,
        cue -> Nullable<Text>,
        source_url -> Nullable<Text>,
    }
}

diesel::table! {
    article_postings (facet, value, sort_key, uuid) {
        facet -> Integer,
        value -> BigInt,
        sort_key -> BigInt,
        uuid -> Binary,
        article_id -> BigInt,
    }
}

diesel::table! {
    statement_postings (facet, value, sort_key, uuid) {
        facet -> Integer,
        value -> BigInt,
        sort_key -> BigInt,
        uuid -> Binary,
        statement_id -> BigInt,
    }
}

diesel::table! {
    former_keys (thing, key) {
        thing -> Text,
        key -> Text,
        uuid -> Text,
    }
}

diesel::table! {
    tombstones (thing, uuid) {
        thing -> Text,
        uuid -> Text,
        reason -> Nullable<Text>,
        deleted_at -> BigInt,
        sequence -> BigInt,
        public_sequence -> Nullable<BigInt>,
    }
}

diesel::table! {
    stale_documents (article_id) {
        article_id -> BigInt,
    }
}

diesel::table! {
    api_keys (id) {
        id -> BigInt,
        name -> Text,
        prefix -> Text,
        hash -> Text,
        scope -> Text,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
        last_used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    article_revisions (article_uuid, revision) {
        article_uuid -> Text,
        revision -> BigInt,
        changed_at -> BigInt,
        changed_by -> Nullable<Text>,
        replaced_at -> BigInt,
        state -> Text,
    }
}

diesel::table! {
    stored_answers (key_id, token, request) {
        key_id -> BigInt,
        token -> Text,
        request -> Text,
        fingerprint -> Text,
        status -> BigInt,
        location -> Nullable<Text>,
        etag -> Nullable<Text>,
        body -> Nullable<Text>,
        sequence -> BigInt,
        article_uuid -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    previews (id) {
        id -> BigInt,
        uuid -> Text,
        article -> Text,
        hash -> Text,
        created_at -> BigInt,
        created_by -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    search_words (word, term, seen) {
        word -> Text,
        term -> Text,
        seen -> Bool,
    }
}

diesel::joinable!(article_tags -> entities (tag_id));
diesel::joinable!(statements -> articles (article_id));
diesel::joinable!(statement_hops -> statements (statement_id));
diesel::joinable!(statement_hops -> entities (entity_id));
diesel::joinable!(statement_postings -> statements (statement_id));
diesel::joinable!(article_postings -> articles (article_id));
diesel::allow_tables_to_appear_in_same_query!(
    entities,
    entity_words,
    entity_spellings,
    articles,
    article_tags,
    article_references,
    statements,
    statement_hops,
    article_postings,
    statement_postings,
    former_keys,
    tombstones,
    stale_documents,
    previews,
);
