#include <riskshare/answers.hpp>
#include <riskshare/commands.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>

using namespace riskshare;
using namespace riskshare::answers;

namespace {

named_bytes fixture(const std::string& name, const std::string& as) {
    std::ifstream in(std::string(RISKSHARE_SOURCE_DIR) + "/fixtures/workbooks/" + name, std::ios::binary);
    REQUIRE(in);
    return {as, std::string(std::istreambuf_iterator<char>(in), {})};
}

request of_plan(const char* command, std::vector<given_option> options = {}) {
    request r{command, {"plan.xlsx"}, std::move(options)};
    r.bytes = {fixture("operational-plan-2019-20.xlsx", "plan.xlsx")};
    return r;
}

nlohmann::json json_of(const answer& a) {
    CAPTURE(a.json);
    const nlohmann::json v = nlohmann::json::parse(a.json, nullptr, false);
    REQUIRE(v.is_object());
    return v;
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

} // namespace

TEST_CASE("answers: text and JSON of one request say the same, and no file is opened") {
    request r = of_plan("risk");
    r.json = true;
    const answer a = answered(r);
    CHECK(a.status == fine);
    CHECK(has(a.text, "29,583")); // operational plan 2019/20, section 6: 29,583.5 in £000
    CHECK(json_of(a)["schema"] == "riskshare.risk/1");
    CHECK(a.made.empty());
}

TEST_CASE("answers: the option json asks for JSON alone") {
    const answer a = answered(of_plan("risk", {{"json"}}));
    CHECK(a.text.empty());
    CHECK(json_of(a)["schema"] == "riskshare.risk/1");
}

TEST_CASE("answers: an unknown option is refused by name, with the nearest right one") {
    request r = of_plan("risk", {{"shres", {"UHL=50%"}}});
    r.json = true;
    const answer a = answered(r);
    CHECK(a.status == wrong_use);
    CHECK(has(a.talk, "risk has no option \"shres\". Did you mean \"shares\"?"));
    CHECK(json_of(a)["schema"] == "riskshare.refusal/1");
    CHECK(json_of(a)["findings"][0]["rule"] == "request.wrong_use");
}

TEST_CASE("answers: everything wrong with a request is told at once") {
    const answer a =
        answered(of_plan("share", {{"month", {"13"}}, {"basis", {"year"}}, {"round-to-penny", {"yes"}}, {"nothing"}}));
    CHECK(a.status == wrong_use);
    for (const char* word :
         {"\"month\" is a whole number from 1 to 12, not \"13\"", "one of ytd, forecast, not \"year\"",
          "\"round-to-penny\" takes no value", "no option \"nothing\""})
        CHECK_MESSAGE(has(a.talk, word), word);
    CHECK(has(answered({"rsk"}).talk, "there is no command \"rsk\". Did you mean \"risk\"?"));
    CHECK(has(answered({"risk"}).talk, "risk needs \"files\""));
    CHECK(has(answered(of_plan("risk", {{"shares", {"UHL=100%"}}, {"agreement", {"a.toml"}}})).talk,
              "exclude each other"));
    CHECK(has(answered(of_plan("compare")).talk, "takes 2 values, not 1"));
}

TEST_CASE("answers: whatever is refused leaves a JSON object that says why") {
    const auto refusal = [](request r) {
        r.json = true;
        const answer a = answered(r);
        CHECK(a.status != fine);
        CHECK(a.made.empty());
        const nlohmann::json v = json_of(a);
        REQUIRE(v["findings"].size() > 0);
        return v["findings"][0]["rule"].get<std::string>();
    };
    CHECK(refusal({"risk", {"absent.xlsx"}}) == "file.unreadable");
    request broken{"risk", {"broken.xlsx"}};
    broken.bytes = {{"broken.xlsx", "PK no zip"}};
    CHECK(has(refusal(broken), "package."));
    CHECK(refusal(of_plan("cells", {{"range", {"Nowhere!A1"}}})) == "request.wrong_use");
    CHECK(refusal(of_plan("track", {{"by", {"colour"}}})) != "");
}

TEST_CASE("answers: files made are bytes in the answer, and the input is what it was") {
    const request r = of_plan("set", {{"edits", {"Efficiencies!B5=4745"}}, {"output", {"new.xlsx"}}});
    const answer a = answered(r);
    CHECK(a.status == fine);
    REQUIRE(a.made.size() == 1);
    CHECK(a.made[0].name == "new.xlsx");
    CHECK(a.made[0].bytes.substr(0, 2) == "PK");
    CHECK(a.made[0].bytes != r.bytes[0].bytes);
}

TEST_CASE("answers: a JSON request is the request") {
    request r =
        request_of(R"({"command":"risk","files":["plan.xlsx"],"options":{"shares":"UHL=50%,LPT=50%","verbose":true,
        "json":false,"map":null},"json":true,"text":true})");
    r.bytes = of_plan("risk").bytes;
    const answer a = answered(r);
    CHECK(a.status == fine);
    CHECK(has(a.talk, "read "));
    CHECK(has(a.text, "29,583"));
    CHECK(json_of(a)["unit"] == "GBP");
    const request month = request_of(R"({"command":"share","options":{"month":4,"consents":["A","B"]}})");
    CHECK(month.options[0].values == std::vector<std::string>{"4"});
    CHECK(month.options[1].values == std::vector<std::string>{"A", "B"});
    for (const char* wrong : {"", "[]", "{\"command\":5}", "{\"comand\":\"risk\"}", "{\"options\":{\"room\":4.5}}",
                              "{\"options\":{\"map\":{\"a\":1}}}", "{\"text\":1}", "{\"files\":\"a\"}"})
        CHECK_THROWS_AS(request_of(wrong), input_refused);
}

TEST_CASE("answers: every option that reads or makes a file says so, and every command has an example") {
    for (const command_described& c : commands()) {
        CAPTURE(c.name);
        CHECK(c.example.rfind(c.name, 0) == 0);
        CHECK(find_command(c.name) == &c);
        for (const option_described& o : c.options) {
            CAPTURE(o.name);
            CHECK_FALSE(o.does.empty());
            CHECK((o.value.find(".xlsx") == std::string::npos || o.kind == option_kind::file_made));
            CHECK((o.kind != option_kind::whole_number || o.least < o.most));
            CHECK((o.excludes.empty() || find_option(c, o.excludes) != nullptr));
        }
    }
}
