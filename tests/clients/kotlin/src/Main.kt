// Reads and writes a running server through the generated client: every operation, every list, every anchor.
package isnad

import java.io.File
import kotlin.system.exitProcess
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import okhttp3.Request

fun main(arguments: Array<String>) {
    val (address, cache) = arguments
    val client = Client("$address/", cache = File(cache))
    try {
        val lists = Lists(client)
        val articles = lists.articles.map { client.articles.getArticle(it.slug).read() }
        checkLists(lists, articles)
        checkItems(client, lists)
        checkBlocks(client, articles)
        checkAnchors(articles)
        checkEnumerations(client, lists)
        checkTimelines(client, lists)
        checkSuggestions(client, lists)
        checkPartialAnswers(client, articles)
        checkValidation(client, articles)
        checkProblems(client)
        val desk = client.another(System.getenv("ISNAD_KEY"))
        checkPutting(client.another(), desk)
        checkEditing(client.another(), desk)
        checkImport(desk)
        checkExtraction(desk)
        checkNames(desk)
        checkKeys(client.another(System.getenv("ISNAD_ADMIN_KEY")))
        checkOperations(client, address)
    } catch (unmet: Unmet) {
        System.err.println("kotlin: ${unmet.message}")
        exitProcess(1)
    }
}

/** Whatever operation the document holds has been called by now. */
private fun checkOperations(client: Client, address: String) {
    client.meta.run {
        getMeta().read()
        getLiveness().read()
        getReadiness().read()
    }
    val request = Request.Builder().url("$address/openapi.json").build()
    val document = client.http.newCall(request).execute().use { Json.parseToJsonElement(it.body.string()).jsonObject }
    val operations = document.getValue("paths").jsonObject.values
        .flatMap { path -> path.jsonObject.values.map { it.jsonObject.getValue("operationId").jsonPrimitive.content } }
        .map { id -> id.replace(Regex("_(.)")) { it.groupValues[1].uppercase() } }
    equal(operations.toSet(), client.answered, "operations that were answered")
    println("operations: all ${operations.size} of the document answered")
}
