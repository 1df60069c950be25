// The generated interfaces over Retrofit, as an app would have them, and what else it needs to read:
// strict JSON, an HTTP cache, and a note of every operation that was answered.
package isnad

import isnad.apis.ArticlesApi
import isnad.apis.MetaApi
import isnad.apis.OutletsApi
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
import kotlinx.serialization.serializer
import okhttp3.Cache
import okhttp3.CacheControl
import okhttp3.OkHttpClient
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.Request
import okhttp3.RequestBody
import okhttp3.RequestBody.Companion.toRequestBody
import okhttp3.ResponseBody
import retrofit2.Call
import retrofit2.Converter
import retrofit2.Invocation
import retrofit2.Retrofit
import retrofit2.create

class Client(address: String, key: String, cache: File) {
    /** Generated methods that were answered with 200. */
    val answered = mutableSetOf<String>()

    /** Refuses what the document does not tell of: the generated default would pass it over. */
    val json: Json = Serializer.run {
        kotlinxSerializationJsonConfiguration = {
            ignoreUnknownKeys = false
            isLenient = false
        }
        kotlinxSerializationJson
    }

    val http: OkHttpClient = OkHttpClient.Builder()
        .cache(Cache(cache, maxSize = 16L shl 20))
        .addInterceptor { chain ->
            val asked = chain.request()
            // Writing takes a key; reading goes without, as the public does it.
            val keyed = asked.newBuilder().header("Authorization", "Bearer $key").build()
            chain.proceed(if (asked.method == "GET") asked else keyed).also { response ->
                val method = asked.tag(Invocation::class.java)?.method()?.name
                if (method != null && response.code == 200) answered += method
            }
        }
        .build()

    private val retrofit = Retrofit.Builder().baseUrl(address).client(http).addConverterFactory(FromJson(json)).build()

    val articles = retrofit.create<ArticlesApi>()
    val meta = retrofit.create<MetaApi>()
    val outlets = retrofit.create<OutletsApi>()
    val speakers = retrofit.create<SpeakersApi>()
    val statements = retrofit.create<StatementsApi>()
    val tags = retrofit.create<TagsApi>()

    /**
     * The answer of a call with `fields`. An operation is generated with the first of the two media types of its 200,
     * so the request is the generated one and the type is named here.
     */
    inline fun <reified Partial> partial(call: Call<*>): Partial = http.newCall(call.request()).execute().use { response ->
        equal("application/vnd.isnad.partial+json", response.header("Content-Type"), "the type of an answer with fields")
        json.decodeFromString(response.body.string())
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

/** The body of a call that must be answered with 200, and with what the document says. */
fun <Body : Any> Call<Body>.read(): Body {
    val response = try {
        execute()
    } catch (other: SerializationException) {
        throw Unmet("${request().url}: ${other.message}")
    }
    equal(200, response.code(), "the status of ${request().url}")
    return response.body()!!
}

/** What Retrofit's converter-kotlinx-serialization does; that library cannot be had here. */
private class FromJson(private val json: Json) : Converter.Factory() {
    override fun requestBodyConverter(
        type: Type,
        parameters: Array<Annotation>,
        method: Array<Annotation>,
        retrofit: Retrofit,
    ) = Converter<Any, RequestBody> { body ->
        val text = json.encodeToString(json.serializersModule.serializer(type), body)
        text.toByteArray().toRequestBody("application/json".toMediaType())
    }

    override fun responseBodyConverter(type: Type, annotations: Array<Annotation>, retrofit: Retrofit) =
        Converter<ResponseBody, Any> { body -> json.decodeFromString(json.serializersModule.serializer(type), body.string()) }
}
