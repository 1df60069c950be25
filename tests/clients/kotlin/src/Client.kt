// The generated interfaces over Retrofit, as an app would have them, and what else it needs:
// strict JSON, an HTTP cache, a key, and a note of every operation that was answered.
package isnad

import isnad.apis.ArticlesApi
import isnad.apis.ExtractionApi
import isnad.apis.ImportApi
import isnad.apis.KeysApi
import isnad.apis.MetaApi
import isnad.apis.OutletsApi
import isnad.apis.PreviewsApi
import isnad.apis.RevisionsApi
import isnad.apis.SearchApi
import isnad.apis.SpeakersApi
import isnad.apis.StatementsApi
import isnad.apis.TagsApi
import isnad.infrastructure.Serializer
import isnad.models.Problem
import java.io.File
import java.lang.reflect.Type
import java.util.concurrent.TimeUnit
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.serializer
import okhttp3.Cache
import okhttp3.CacheControl
import okhttp3.OkHttpClient
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.Request
import okhttp3.RequestBody
import okhttp3.RequestBody.Companion.toRequestBody
import okhttp3.ResponseBody
import okio.Buffer
import retrofit2.Call
import retrofit2.Converter
import retrofit2.Invocation
import retrofit2.Retrofit
import retrofit2.create

/**
 * Refuses what the document does not tell of, which the generated default would pass over. And what is null is left out of
 * what is sent: by the generated default a patch would name every member that it leaves as it is, and so take it away.
 */
val json: Json = Serializer.run {
    kotlinxSerializationJsonConfiguration = {
        ignoreUnknownKeys = false
        isLenient = false
        encodeDefaults = false
    }
    kotlinxSerializationJson
}

class Client(
    private val address: String,
    key: String? = null,
    cache: File? = null,
    /** Generated methods that were answered well. */
    val answered: MutableSet<String> = mutableSetOf(),
) {
    val http: OkHttpClient = OkHttpClient.Builder()
        .cache(cache?.let { Cache(it, maxSize = 16L shl 20) })
        .addInterceptor { chain ->
            val asked = chain.request()
            val sent = if (key == null) asked else asked.newBuilder().header("Authorization", "Bearer $key").build()
            chain.proceed(sent).also { response ->
                val method = asked.tag(Invocation::class.java)?.method()?.name
                if (method != null && response.isSuccessful) answered += method
            }
        }
        .build()

    private val retrofit = Retrofit.Builder().baseUrl(address).client(http).addConverterFactory(FromJson(json)).build()

    val articles = retrofit.create<ArticlesApi>()
    val imports = retrofit.create<ImportApi>()
    val extraction = retrofit.create<ExtractionApi>()
    val keys = retrofit.create<KeysApi>()
    val meta = retrofit.create<MetaApi>()
    val outlets = retrofit.create<OutletsApi>()
    val previews = retrofit.create<PreviewsApi>()
    val revisions = retrofit.create<RevisionsApi>()
    val search = retrofit.create<SearchApi>()
    val speakers = retrofit.create<SpeakersApi>()
    val statements = retrofit.create<StatementsApi>()
    val tags = retrofit.create<TagsApi>()

    /** Another, which keeps no answers: with a key, or as the public. */
    fun another(key: String? = null) = Client(address, key, answered = answered)

    /**
     * The answer of a call with `fields`. An operation is generated with the first of the two media types of its 200,
     * so the request is the generated one and the type is named here.
     */
    inline fun <reified Partial> partial(call: Call<*>): Partial = http.newCall(call.request()).execute().use { response ->
        equal("application/vnd.isnad.partial+json", response.header("Content-Type"), "the type of an answer with fields")
        json.decodeFromString(response.body.string())
    }

    /**
     * The answer of a patch that also sets members to null, which takes them away. A generated class cannot tell null from what
     * is left out, so the request is the generated one and the members are named here.
     */
    inline fun <reified Answer> takingAway(call: Call<Answer>, vararg members: String): Answer {
        val request = call.request()
        val patch = Buffer().also { request.body!!.writeTo(it) }.readUtf8()
        val whole = JsonObject(json.parseToJsonElement(patch).jsonObject + members.associateWith { JsonNull })
        val body = whole.toString().toRequestBody("application/merge-patch+json".toMediaType())
        return http.newCall(request.newBuilder().patch(body).build()).execute().use { response ->
            equal(200, response.code, "the status of ${request.url}")
            json.decodeFromString(response.body.string())
        }
    }

    /** Sends the call's request again, and asks the server whether what the cache holds is still good. */
    fun validate(call: Call<*>): okhttp3.Response {
        val validation = CacheControl.Builder().maxAge(0, TimeUnit.SECONDS).build()
        val request: Request = call.request().newBuilder().cacheControl(validation).build()
        return http.newCall(request).execute()
    }

    /** What a refused call is answered with. */
    fun problem(call: Call<*>): Problem = call.execute().let { response ->
        equal("application/problem+json", response.headers()["Content-Type"], "the type of an error")
        val problem = json.decodeFromString<Problem>(response.errorBody()!!.string())
        equal(response.code(), problem.status, "the status in the problem")
        problem
    }
}

/** The body of a call that must be answered with this status, and with what the document says. */
fun <Body : Any> Call<Body>.read(status: Int = 200): Body {
    val response = try {
        execute()
    } catch (other: SerializationException) {
        throw Unmet("${request().url}: ${other.message}")
    }
    equal(status, response.code(), "the status of ${request().url}")
    return response.body()!!
}

/** A call that must be answered well, and with nothing. */
fun Call<Unit>.done() = equal(204, execute().code(), "the status of ${request().url}")

/**
 * What Retrofit's converter-kotlinx-serialization does; that library cannot be had here. And beside JSON, lines of it: those of an
 * import are a text, and those of its answer a list.
 */
private class FromJson(private val json: Json) : Converter.Factory() {
    override fun requestBodyConverter(
        type: Type,
        parameters: Array<Annotation>,
        method: Array<Annotation>,
        retrofit: Retrofit,
    ) = Converter<Any, RequestBody> { body ->
        if (body is String) return@Converter body.toByteArray().toRequestBody(LINES)
        val text = json.encodeToString(json.serializersModule.serializer(type), body)
        text.toByteArray().toRequestBody("application/json".toMediaType())
    }

    override fun responseBodyConverter(type: Type, annotations: Array<Annotation>, retrofit: Retrofit) =
        Converter<ResponseBody, Any> { body ->
            val text = if (body.contentType() == LINES) body.string().trimEnd().lines().toString() else body.string()
            json.decodeFromString(json.serializersModule.serializer(type), text)
        }
}

private val LINES = "application/x-ndjson".toMediaType()
