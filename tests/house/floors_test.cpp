// The layout of the house is read from its includes and held against floors.txt.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

// Path below the project's root -> text.
using files = std::map<std::string, std::string>;

struct row {
    int floor = 0;
    std::string wing;
    std::string bodies_of; // the header that this one completes, if any
};

struct table {
    std::map<std::string, row> headers;                                // "workbook/cell.hpp" -> its row
    std::vector<std::pair<std::string, std::set<std::string>>> others; // "boost/" -> where it may stand
};

table read_table(const std::string& text) {
    table read;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string first;
        if (!(words >> first) || first.front() == '#') continue;
        if (first == "other") {
            std::string header;
            words >> header;
            read.others.emplace_back(header, std::set<std::string>{std::istream_iterator<std::string>(words), {}});
        } else {
            std::string wing, header, bodies_of;
            words >> wing >> header >> bodies_of;
            read.headers[header] = {std::stoi(first), wing, bodies_of};
        }
    }
    return read;
}

bool begins(const std::string& text, const std::string& with) { return text.compare(0, with.size(), with) == 0; }

std::vector<std::string> includes(const std::string& text) {
    std::vector<std::string> found;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t hash = line.find_first_not_of(" \t");
        if (hash == std::string::npos || line[hash] != '#') continue;
        const std::size_t word = line.find_first_not_of(" \t", hash + 1);
        if (word == std::string::npos || line.compare(word, 7, "include") != 0) continue;
        const std::size_t open = line.find_first_of("<\"", word + 7);
        const std::size_t close = line.find_first_of(">\"", open + 1);
        if (close != std::string::npos) found.push_back(line.substr(open + 1, close - open - 1));
    }
    return found;
}

const std::string public_folder = "include/riskshare/";

// The file an include means: one of ours, or nothing.
std::string resolved(const files& house, const std::string& from, const std::string& included) {
    for (const std::string& folder :
         {std::string("include/"), std::string("src/"), from.substr(0, from.rfind('/') + 1)}) {
        const std::string path = fs::path(folder + included).lexically_normal().generic_string();
        if (house.count(path) != 0) return path;
    }
    return {};
}

std::string wing_of(const table& floors, const std::string& path) {
    if (begins(path, "src/workbook/")) return "workbook";
    if (!begins(path, public_folder)) return {};
    const auto found = floors.headers.find(path.substr(public_folder.size()));
    return found == floors.headers.end() ? std::string() : found->second.wing;
}

// Two wings, and only a bridge knows both. What either includes on its way counts too.
bool strangers(const std::string& a, const std::string& b) {
    return (a == "finance" && (b == "workbook" || b == "bridge")) ||
           (a == "workbook" && (b == "finance" || b == "bridge"));
}

bool may_stand(const table& floors, const std::set<std::string>& places, const std::string& path) {
    if (begins(path, "tools/")) return places.count("tools") != 0;
    if (begins(path, "src/")) return places.count("src") != 0;
    const std::string header = path.substr(public_folder.size());
    if (places.count(header) != 0) return true;
    const auto found = floors.headers.find(header);
    if (found == floors.headers.end() || found->second.wing != "finance") return false;
    for (const std::string& place : places)
        if (begins(place, "finance>=") && found->second.floor >= std::stoi(place.substr(9))) return true;
    return false;
}

// From the bodies of a header back to it: the two count as one.
bool way_back(const table& floors, const std::string& from, const std::string& to) {
    if (!begins(from, public_folder)) return false;
    const auto own = floors.headers.find(from.substr(public_folder.size()));
    return own != floors.headers.end() && to == public_folder + own->second.bodies_of;
}

// Walks everything that `path` includes; tells circles and, under way, wings that must not meet.
void walk(const files& house, const table& floors, const std::string& start, const std::string& path,
          std::vector<std::string>& way, std::set<std::string>& seen, std::vector<std::string>& problems) {
    way.push_back(path);
    for (const std::string& included : includes(house.at(path))) {
        const std::string next = resolved(house, path, included);
        if (next.empty() || way_back(floors, path, next)) continue;
        if (std::find(way.begin(), way.end(), next) != way.end()) {
            if (next == start) problems.push_back(start + " includes itself by way of " + path);
            continue;
        }
        if (!seen.insert(next).second) continue;
        if (strangers(wing_of(floors, start), wing_of(floors, next)))
            problems.push_back(start + " (" + wing_of(floors, start) + ") reaches " + next + " (" +
                               wing_of(floors, next) + ") by way of " + path);
        walk(house, floors, start, next, way, seen, problems);
    }
    way.pop_back();
}

std::vector<std::string> problems(const files& house, const table& floors) {
    std::vector<std::string> found;
    for (const auto& [path, text] : house) {
        const bool is_public = begins(path, public_folder);
        const auto own = is_public ? floors.headers.find(path.substr(public_folder.size())) : floors.headers.end();
        if (is_public && own == floors.headers.end()) found.push_back(path + " has no row in floors.txt");

        for (const std::string& included : includes(text)) {
            const std::string target = resolved(house, path, included);
            if (way_back(floors, path, target)) continue;
            if (!target.empty()) {
                if (is_public && !begins(target, public_folder))
                    found.push_back(path + " includes the private " + target);
                const auto theirs = begins(target, public_folder)
                                        ? floors.headers.find(target.substr(public_folder.size()))
                                        : floors.headers.end();
                if (own != floors.headers.end() && theirs != floors.headers.end() &&
                    theirs->second.floor > own->second.floor)
                    found.push_back(path + " (floor " + std::to_string(own->second.floor) + ") includes " + target +
                                    " (floor " + std::to_string(theirs->second.floor) + ")");
                continue;
            }
            const auto other = std::find_if(floors.others.begin(), floors.others.end(),
                                            [&](const auto& entry) { return begins(included, entry.first); });
            if (other != floors.others.end()) {
                if (!may_stand(floors, other->second, path))
                    found.push_back(path + " may not include <" + included + ">");
            } else if (included.find_first_of("./") != std::string::npos) {
                found.push_back(path + " includes <" + included + ">, which floors.txt does not know");
            }
        }
        std::vector<std::string> way;
        std::set<std::string> seen;
        walk(house, floors, path, path, way, seen, found);
    }
    return found;
}

std::string content(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

files read_house(const fs::path& root) {
    files house;
    for (const char* folder : {"include", "src", "tools"}) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const std::string extension = entry.path().extension().string();
            if (extension == ".hpp" || extension == ".cpp" || extension == ".h")
                house[fs::relative(entry.path(), root).generic_string()] = content(entry.path());
        }
    }
    return house;
}

const fs::path root = RISKSHARE_SOURCE_DIR;

// A house of made-up files, to see that the judge objects.
const char* const small_table =
    "0 both low.hpp\n3 finance money.hpp\n4 finance exact.hpp\n2 workbook workbook/cell.hpp\n"
    "7 bridge fill.hpp\n4 finance detail/bodies.hpp exact.hpp\nother boost/ finance>=4 src\nother CLI/ tools\nother "
    "unistd.h src\n";

std::vector<std::string> objections(const files& house) { return problems(house, read_table(small_table)); }

std::string including(const std::string& name) { return "#include <" + name + ">\n"; }

} // namespace

TEST_CASE("every include goes down the floors, stays in its wing, and brings in only whom it may") {
    const files house = read_house(root);
    REQUIRE(house.size() > 3);
    for (const std::string& problem : problems(house, read_table(content(root / "tests/house/floors.txt"))))
        FAIL_CHECK(problem);
}

TEST_CASE("floors: every row has its header") {
    const table floors = read_table(content(root / "tests/house/floors.txt"));
    REQUIRE_FALSE(floors.headers.empty());
    for (const auto& [header, row] : floors.headers) {
        const std::string name = header;
        CAPTURE(name);
        CHECK(fs::exists(root / public_folder / name));
    }
}

TEST_CASE("floors: the judge has nothing against a good house") {
    CHECK(objections({{"include/riskshare/low.hpp", including("string")},
                      {"include/riskshare/money.hpp", including("riskshare/low.hpp")},
                      {"include/riskshare/exact.hpp", including("riskshare/money.hpp") + including("boost/a.hpp") +
                                                          including("riskshare/detail/bodies.hpp")},
                      {"include/riskshare/detail/bodies.hpp", including("riskshare/exact.hpp")},
                      {"include/riskshare/workbook/cell.hpp", including("riskshare/low.hpp")},
                      {"include/riskshare/fill.hpp",
                       including("riskshare/exact.hpp") + including("riskshare/workbook/cell.hpp")},
                      {"src/workbook/cell.cpp", including("riskshare/workbook/cell.hpp") + including("unistd.h")},
                      {"tools/riskshare/main.cpp", including("CLI/CLI.hpp")}})
              .empty());
}

TEST_CASE("floors: the judge objects to each kind of wrong include") {
    struct wrong {
        const char* what;
        files house;
    };
    const std::vector<wrong> houses = {
        {"an upward edge",
         {{"include/riskshare/low.hpp", including("riskshare/money.hpp")}, {"include/riskshare/money.hpp", ""}}},
        {"a circle on one floor", {{"include/riskshare/low.hpp", "  #  include \"riskshare/low.hpp\"\n"}}},
        {"a header without a row", {{"include/riskshare/unheard.hpp", ""}}},
        {"boost on a low floor", {{"include/riskshare/money.hpp", including("boost/a.hpp")}}},
        {"boost in the workbook wing", {{"include/riskshare/workbook/cell.hpp", including("boost/a.hpp")}}},
        {"a parser in a public header", {{"include/riskshare/exact.hpp", including("CLI/CLI.hpp")}}},
        {"a tool's library in src", {{"src/report.cpp", including("CLI/CLI.hpp")}}},
        {"a library that nobody listed", {{"src/report.cpp", including("zlib.h")}}},
        {"the system in a public header", {{"include/riskshare/low.hpp", including("unistd.h")}}},
        {"a public header that needs a private one",
         {{"include/riskshare/low.hpp", "#include \"detail/a.hpp\"\n"}, {"src/detail/a.hpp", ""}}},
        {"finance that knows a workbook",
         {{"include/riskshare/exact.hpp", including("riskshare/workbook/cell.hpp")},
          {"include/riskshare/workbook/cell.hpp", ""}}},
        {"a workbook that knows finance, by a detour",
         {{"src/workbook/cell.cpp", "#include \"detail/a.hpp\"\n"},
          {"src/detail/a.hpp", including("riskshare/money.hpp")},
          {"include/riskshare/money.hpp", ""}}},
    };
    for (const wrong& one : houses) {
        const std::string what = one.what;
        CAPTURE(what);
        CHECK(objections(one.house).size() == 1);
    }
}
