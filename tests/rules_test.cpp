// Every rule code that stands in the sources is explained.
#include <riskshare/rules.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

using namespace riskshare;

namespace {

/// Codes as they are given to findings, failures and refusals.
std::set<std::string> codes_in_sources() {
    const std::string code = "\"([a-z_]+\\.[a-z_]+)\"";
    const std::regex places[] = {
        std::regex("(?:finding|failure|tool_failure)(?: \\w+)?\\s*[{(]+\\s*" + code),
        std::regex("(?:refused|refuse|problem|_pair|check_[a-z]+|_error|add|note|warn|fail)\\(\\s*" + code),
        std::regex("(?:push_back\\(\\s*)?\\{\\s*" + code + ",\\s*severity"),
        std::regex("rule = " + code),
        std::regex("[?:] " + code + "[;,)\\s]"),
        std::regex(code + ",\\s*severity::")};
    std::set<std::string> out;
    for (const char* folder : {"include", "src", "tools/riskshare"})
        for (const auto& f :
             std::filesystem::recursive_directory_iterator(std::string(RISKSHARE_SOURCE_DIR) + "/" + folder)) {
            if (f.path().extension() != ".hpp" && f.path().extension() != ".cpp") continue;
            std::ifstream in(f.path());
            const std::string text(std::istreambuf_iterator<char>(in), {});
            for (const std::regex& place : places)
                for (std::sregex_iterator it(text.begin(), text.end(), place), end; it != end; ++it)
                    out.insert((*it)[1]);
        }
    return out;
}

} // namespace

TEST_CASE("rules: every code that a finding, a failure or a refusal is given in the sources is explained") {
    const std::set<std::string> codes = codes_in_sources();
    CHECK(codes.size() > 150);
    for (const char* known : {"check.sum", "check.net_risk", "balances.sign", "tool.cell", "position.sub_total"})
        CHECK_MESSAGE(codes.count(known) == 1, "the scan no longer finds ", std::string(known));
    for (const std::string& code : codes) {
        CAPTURE(code);
        CHECK(find_rule(code) != nullptr);
    }
}

TEST_CASE("rules: no code twice, and each says what was found and what to do") {
    std::set<std::string_view> seen;
    for (const rule& r : rules()) {
        CAPTURE(r.code);
        CHECK(seen.insert(r.code).second);
        CHECK(r.meaning.size() > 20);
        CHECK(r.advice.size() > 10);
    }
    CHECK(find_rule("nonsense.code") == nullptr);
}
