#include "detail/json_value.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <random>
#include <string>

using riskshare::json::value;
using theirs = nlohmann::ordered_json;

namespace {

// nlohmann-json reads and writes each text too: what it takes we take, what it refuses we refuse, and both print alike.
void check_as_theirs(const std::string& text) {
    CAPTURE(text);
    const theirs expected = theirs::parse(text, nullptr, false);
    if (expected.is_discarded()) {
        CHECK_THROWS_AS(value::parse(text), value::parse_error);
        return;
    }
    const value read = value::parse(text);
    CHECK(read.dump() == expected.dump(2, ' ', false, theirs::error_handler_t::replace));
    CHECK(read.dump(0) == expected.dump(-1, ' ', false, theirs::error_handler_t::replace));
}

std::string random_text(std::mt19937& chance, int depth) {
    const auto upto = [&](int n) { return static_cast<int>(chance() % static_cast<unsigned>(n)); };
    const char* plain[] = {"null",
                           "true",
                           "false",
                           "0",
                           "-7",
                           "42",
                           "18446744073709551615",
                           "-9223372036854775808",
                           "\"\"",
                           "\"a\\u00e9\\ud83d\\ude00\\n\\\\\\/\"",
                           "\"£4.5m\"",
                           "\"\\u0000\\u001f\x7f\""};
    if (depth == 0 || upto(3) == 0) return plain[upto(12)];
    std::string out = upto(2) == 0 ? "[" : "{";
    const char close = out == "[" ? ']' : '}';
    for (int i = upto(5); i > 0; --i) {
        if (close == '}') out += "\"k" + std::to_string(upto(4)) + "\" : ";
        out += random_text(chance, depth - 1) + (i > 1 ? " ,\n" : "\t");
    }
    return out + close;
}

} // namespace

TEST_CASE("json value: reads and writes as nlohmann-json does") {
    for (const char* text : {"",
                             " ",
                             "{",
                             "}",
                             "[1,]",
                             "[,1]",
                             "{\"a\":1,}",
                             "{\"a\" 1}",
                             "{a:1}",
                             "01",
                             "-",
                             "1.",
                             ".5",
                             "1e",
                             "+1",
                             "nul",
                             "truee",
                             "\"",
                             "\"\\x\"",
                             "\"\\u12\"",
                             "\"\\ud800\"",
                             "\"\\ud800\\u0041\"",
                             "\"\\udc00\"",
                             "\"a\nb\"",
                             "\"\xff\"",
                             "\"\xc3\"",
                             "\"\xed\xa0\x80\"",
                             "[1] 2",
                             "{\"a\":1,\"b\":2,\"a\":3}",
                             "\xEF\xBB\xBF[1]",
                             "\xEF\xBB[1]",
                             "// a\n1",
                             "NaN",
                             "[[[[]]]]"})
        check_as_theirs(text);
    std::mt19937 chance(20190412);
    for (int i = 0; i < 3000; ++i) {
        std::string text = random_text(chance, 5);
        check_as_theirs(text);
        if (text.size() > 2) text.erase(chance() % text.size(), 1); // most of these are no JSON any more
        const bool fraction = text.find_first_of(".eE") != std::string::npos && text.find('"') == std::string::npos;
        if (!fraction && text.find("18446744073709551615") == std::string::npos) check_as_theirs(text);
    }
}

TEST_CASE("json value: what is not UTF-8 is written as U+FFFD, as nlohmann-json writes it") {
    for (const char* text : {"\xff", "a\xc3", "\xc3(", "\xe2\x82", "\xe2(\xa1", "\xf0\x9f\x98", "\xf0(\x8c\xbc",
                             "\xc0\xaf", "\xed\xa0\x80", "\x80\x80", "\xf5\x80\x80\x80", "ok £"})
        CHECK(riskshare::json::in_json(text) == theirs(text).dump(-1, ' ', false, theirs::error_handler_t::replace));
}

TEST_CASE("json value: braces make objects of pairs and lists of anything else") {
    const value v{{"schema", "a/1"},
                  {"unit", nullptr},
                  {"list", value::array({"x", 1, -2, true})},
                  {"inner", {{"a", "b"}, {"c", {1, 2}}}}};
    CHECK(v.dump(0) == R"({"schema":"a/1","unit":null,"list":["x",1,-2,true],"inner":{"a":"b","c":[1,2]}})");
    CHECK(value::array().dump() == "[]");
    CHECK(value::object().dump() == "{}");
    value grown;
    grown["b"].push_back({{"x", std::size_t{7}}});
    grown["a"] = std::vector<std::string>{"p", "q"};
    grown.update({{"c", 1}, {"b", 2}});
    CHECK(grown.dump(0) == R"({"b":2,"a":["p","q"],"c":1})");
    grown.erase("b");
    CHECK(grown.size() == 2);
    CHECK_FALSE(grown.contains("b"));
    CHECK(grown.find("c")->get<std::int64_t>() == 1);
    std::string keys;
    for (auto member = grown.begin(); member != grown.end(); ++member) keys += member.key();
    CHECK(keys == "ac");
}

TEST_CASE("json value: a document deeper than any of ours is refused, and does not end the program") {
    CHECK_THROWS_AS(value::parse(std::string(1'000'000, '[')), value::parse_error);
    CHECK_NOTHROW(value::parse(std::string(400, '[') + std::string(400, ']')));
}
