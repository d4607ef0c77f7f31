// Fixtures are evidence: each is listed, with where it came from, and each is used.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
const fs::path root = RISKSHARE_SOURCE_DIR;

std::string content(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<fs::path> files_below(const fs::path& folder) {
    std::vector<fs::path> found;
    if (!fs::exists(folder)) return found;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) found.push_back(entry.path());
    return found;
}

// Listed by its path below fixtures/, or as one of a folder's files by "folder/*".
bool named(const std::string& text, const fs::path& file) {
    if (text.find(file.generic_string()) != std::string::npos) return true;
    for (fs::path folder = file.parent_path(); !folder.empty(); folder = folder.parent_path())
        if (text.find(folder.generic_string() + "/*") != std::string::npos) return true;
    return false;
}

// What tests read: everything below tests/ and the demonstration. A folder that a test walks is named with its slash.
std::string users() {
    std::string all = content(root / "tools/demo") + content(root / "README.md");
    for (const fs::path& file : files_below(root / "tests"))
        if (file.filename() != "fixtures_test.cpp") all += content(file);
    return all;
}

bool used(const std::string& users, const fs::path& file) {
    if (users.find(file.filename().string()) != std::string::npos) return true;
    for (fs::path folder = file.parent_path(); !folder.empty(); folder = folder.parent_path())
        for (const char* end : {"\"", "'", "/\"", "/*", "/ ", "/${", " "})
            if (users.find("fixtures/" + folder.generic_string() + end) != std::string::npos) return true;
    return false;
}

} // namespace

TEST_CASE("fixtures: every file is listed in fixtures/README.md") {
    const std::string list = content(root / "fixtures/README.md");
    for (const fs::path& path : files_below(root / "fixtures")) {
        const fs::path file = fs::relative(path, root / "fixtures");
        if (file == "README.md") continue;
        CAPTURE(file.generic_string());
        CHECK(named(list, file));
    }
}

TEST_CASE("fixtures: every file is used by a test") {
    const std::string readers = users();
    for (const fs::path& path : files_below(root / "fixtures")) {
        const fs::path file = fs::relative(path, root / "fixtures");
        if (file == "README.md") continue;
        CAPTURE(file.generic_string());
        CHECK(used(readers, file));
    }
}

TEST_CASE("fixtures: the list is not fooled by a name that it does not have") {
    const std::string list = "`workbooks/plan.xlsx` · made with XlsxWriter\n`crashes/zip/*` · found by fuzzing\n";
    CHECK(named(list, "workbooks/plan.xlsx"));
    CHECK(named(list, "crashes/zip/0a1b"));
    CHECK_FALSE(named(list, "workbooks/tracker.xlsx"));
    CHECK_FALSE(named(list, "crashes/sheet/0a1b"));
    CHECK(used("open(\"fixtures/mappings\")", "mappings/a.toml"));
    CHECK_FALSE(used("open(\"fixtures/workbooks\")", "mappings/a.toml"));
}
