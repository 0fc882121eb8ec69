package com.example.shop

class Cart(private val rows: Map<String, Int?>) {
    fun price(name: String): Int = rows[name]!!
    fun total(names: List<String>) = names.map { price(it) }.sum()
}

sealed class Result {
    class Bad(val why: String) : Result()
}

fun check(result: Result): Nothing = when (result) {
    is Result.Bad -> error("refused: ${result.why}")
}

fun main() {
    Thread({ lateinitFails() }, "picker").apply { start(); join() }
    try {
        check(Result.Bad("sold out"))
    } catch (e: IllegalStateException) {
        throw IllegalArgumentException("order 7", e).apply { addSuppressed(RuntimeException("cleanup")) }
    } finally {
        println("leaving")
    }
}

lateinit var name: String
fun lateinitFails() = Cart(mapOf("tea" to null)).total(listOf("tea"))
