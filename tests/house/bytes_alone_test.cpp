// What stands below the tool sees bytes alone: no file, terminal, clock or environment.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

namespace {

namespace fs = std::filesystem;

const std::regex
    forbidden(R"(#include <(fstream|filesystem|iostream|cstdio|ctime|chrono|thread|csignal|unistd\.h|sys/)|)"
              R"(std::(cin|cout|cerr|getenv|system)\b|\bgetenv\()");

} // namespace

TEST_CASE("answers: nothing in src/answers or the C face opens a file, prints, or asks the time") {
    std::size_t files = 0;
    for (const char* folder : {"answers", "c_api"})
        for (const auto& entry : fs::directory_iterator(fs::path(RISKSHARE_SOURCE_DIR) / "src" / folder)) {
            std::ifstream in(entry.path());
            const std::string text(std::istreambuf_iterator<char>(in), {});
            std::smatch found;
            const bool clean = !std::regex_search(text, found, forbidden);
            CHECK_MESSAGE(clean, entry.path().string() << " has " << found.str());
            ++files;
        }
    CHECK(files > 20);
    CHECK(std::regex_search(std::string("x = std::getenv(\"A\")"), forbidden));
}
