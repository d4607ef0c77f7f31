// The table of findings has every code that stands in the sources, and no other.
#include <riskshare/rules.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

using namespace riskshare;

namespace {

/// Texts of the form of a code that are none: keys of an agreement's TOML, fields of a model, and what else has a dot.
bool is_no_code(const std::string& file, const std::string& text) {
    static const std::regex file_name(
        "[a-z_]+\\.(hpp|cpp|xml|json|toml|xlsx|rels|bin|vml|csv|jsonl|sqlite|html|md|txt)");
    static const std::set<std::string> others{"mmss.0", "model.schema", "model.status", "model.tracker",
                                              "model.weights"};
    const bool of_agreement =
        (file == "agreement_document.cpp" || file == "further_terms.cpp") && text.rfind("agreement.", 0) != 0;

    return of_agreement || others.count(text) > 0 || std::regex_match(text, file_name);
}

/// Every literal "word.word". One that ends in "_" begins a code that is put together.
std::set<std::string> codes_in_sources() {
    const std::regex code("\"([a-z_]+\\.[a-z_0-9]+)\"");
    std::set<std::string> out;
    for (const char* folder : {"include", "src", "tools/riskshare"})
        for (const auto& f :
             std::filesystem::recursive_directory_iterator(std::string(RISKSHARE_SOURCE_DIR) + "/" + folder)) {
            const bool the_table = f.path().parent_path().filename() == "rules";
            if (the_table || (f.path().extension() != ".hpp" && f.path().extension() != ".cpp")) continue;
            std::ifstream in(f.path());
            const std::string text(std::istreambuf_iterator<char>(in), {});
            for (std::sregex_iterator it(text.begin(), text.end(), code), end; it != end; ++it)
                if (!is_no_code(f.path().filename().string(), (*it)[1])) out.insert((*it)[1]);
        }
    return out;
}

} // namespace

TEST_CASE("rules: every code in the sources is in the table") {
    const std::set<std::string> codes = codes_in_sources();
    CHECK(codes.size() > 300);
    for (const std::string& code : codes) {
        CAPTURE(code);
        if (code.back() != '_') CHECK(find_rule(code) != nullptr);
    }
}

TEST_CASE("rules: every code in the table is in the sources") {
    const std::set<std::string> codes = codes_in_sources();
    for (const rule& r : rules()) {
        CAPTURE(r.code);
        bool used = false;
        for (const std::string& code : codes)
            used = used || code == r.code || (code.back() == '_' && r.code.substr(0, code.size()) == code);
        CHECK(used);
    }
}

TEST_CASE("rules: no code twice, and each says what was found and what to do, with an example") {
    std::set<std::string_view> seen;
    for (const rule& r : rules()) {
        CAPTURE(r.code);
        CHECK(seen.insert(r.code).second);
        CHECK(r.meaning.size() > 15);
        CHECK(r.advice.size() > 6);
        CHECK(r.example.size() > 10);
        CHECK(r.meaning.back() == '.');
        CHECK(r.advice.back() == '.');
    }
    CHECK(find_rule("nonsense.code") == nullptr);
    CHECK(find_rule("check.su") == nullptr);
}
