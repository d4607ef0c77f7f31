// Edits one number in each of many real workbooks. Other programs judge a sample: tests/support/check_edits.py.
// RISKSHARE_JUDGE_ALL=1 lets them judge every file, which takes minutes.
#include <riskshare/workbook/patch.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sys/wait.h>

namespace fs = std::filesystem;
using namespace riskshare::workbook;

namespace {

std::vector<fs::path> real_workbooks() {
    const char* named = std::getenv("RISKSHARE_SHARED");
    const fs::path shared = named != nullptr ? fs::path(named) : fs::path(RISKSHARE_SOURCE_DIR) / ".." / "shared";
    std::vector<fs::path> found;
    for (const fs::path& folder :
         {shared / "workbooks", shared / "corpus", fs::path(RISKSHARE_SOURCE_DIR) / "fixtures"}) {
        std::error_code none;
        for (const auto& entry : fs::recursive_directory_iterator(folder, none))
            if (entry.path().extension() == ".xlsx" || entry.path().extension() == ".xlsm")
                found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// The edit of a number that no formula made, or of a new one where a workbook has none; and what it did.
struct outcome {
    edit asked;
    patched done;
};

/// Below and right of everything else; on no sheet that cannot be read once it has a cell.
std::optional<outcome> inserted(const book& source) {
    for (const std::string& name : source.sheet_names()) {
        edit e;
        e.sheet = name;
        e.value = "12345.678";
        try {
            const address last = source.read(name).used().last;
            e.at = {std::min(last.row + 2, last_row), std::min(last.column + 2, last_column)};
            auto changed = apply(source, {e});
            if (!std::holds_alternative<patched>(changed)) continue;
            (void)book(std::get<patched>(changed).result).read(name);
            return outcome{e, std::get<patched>(std::move(changed))};
        } catch (const riskshare::input_refused&) {
            continue;
        }
    }
    return {};
}

std::optional<outcome> edited(const book& source) {
    for (const std::string& name : source.sheet_names()) {
        std::vector<cell> numbers;
        try {
            for (const cell& c : source.read(name).cells())
                if (c.kind == cell_kind::number && !c.has_formula) numbers.push_back(c);
        } catch (const riskshare::input_refused&) {
            continue;
        }
        for (const cell& c : numbers) {
            edit e;
            e.sheet = name;
            e.at = c.at;
            e.value = c.text;
            const auto same = apply(source, {e});
            if (std::holds_alternative<patched>(same))
                CHECK(std::get<patched>(same).result.bytes() == source.source().bytes());
            e.value = "12345.678";
            auto changed = apply(source, {e});
            if (std::holds_alternative<patched>(changed)) return outcome{e, std::get<patched>(std::move(changed))};
        }
    }
    return inserted(source);
}

/// The sheets that changed are those of the cell and of the formulas that depend on it.
void check_sheets(const book& source, const outcome& out) {
    std::set<std::string> allowed{source.part_of(out.asked.sheet)};
    for (const auto& r : out.done.summary.results) allowed.insert(source.part_of(r.sheet));
    for (const auto& r : out.done.summary.lost) allowed.insert(source.part_of(r.sheet));
    for (const std::string& part : out.done.summary.parts_changed)
        if (part.find("/worksheets/sheet") != std::string::npos) CHECK(allowed.count(part) == 1);
}

/// The part's content, or the rule by which a damaged one is refused.
std::string held(const package& p, const std::string& part) {
    try {
        return p.read(part);
    } catch (const riskshare::input_refused& why) {
        return why.rule();
    }
}

struct folder {
    fs::path path;
    folder() {
        std::string pattern = (fs::temp_directory_path() / "riskshare-edits-XXXXXX").string();
        path = mkdtemp(pattern.data());
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    ~folder() { fs::remove_all(path); }
};

void judge(const fs::path& manifest, const std::string& options) {
    const std::string script = std::string(RISKSHARE_SOURCE_DIR) + "/tests/support/check_edits.py";
    const int status =
        std::system(("/usr/bin/python3 '" + script + "' '" + manifest.string() + "' " + options).c_str());
    if (WIFEXITED(status) && (WEXITSTATUS(status) == 77 || WEXITSTATUS(status) == 127))
        MESSAGE("skipped: no /usr/bin/python3 with openpyxl to judge the edits");
    else
        CHECK(status == 0);
}

} // namespace

TEST_CASE("edits: one number changes in every real workbook, and nothing that is not said") {
    const auto files = real_workbooks();
    if (files.empty()) {
        MESSAGE("skipped: no ../shared and no RISKSHARE_SHARED");
        return;
    }
    const bool all = std::getenv("RISKSHARE_JUDGE_ALL") != nullptr;
    const folder f;
    std::ofstream manifest(f.path / "manifest");
    std::size_t count = 0, judged = 0;
    for (const fs::path& file : files) {
        CAPTURE(file.string());
        try {
            const book source = book::open(file);
            const auto out = edited(source);
            if (!out) continue;
            const package &before = source.source(), &after = out->done.result;
            const auto& said = out->done.summary.parts_changed;
            check_sheets(source, *out);
            for (const std::string& part : before.part_names())
                if (std::find(said.begin(), said.end(), part) == said.end())
                    CHECK(held(after, part) == held(before, part));
            CHECK(book(after).read(out->asked.sheet).find(out->asked.at)->text == "12345.678");
            if (++count % 16 != 0 && !all) continue;
            const fs::path saved = f.path / (std::to_string(judged++) + "-" + before.name());
            after.save(saved);
            manifest << file.string() << '\t' << saved.string() << '\t' << out->asked.sheet << '\t'
                     << to_string(out->asked.at) << "\t12345.678\t";
            for (std::size_t i = 0; i < said.size(); ++i) manifest << (i == 0 ? "" : "|") << said[i];
            manifest << '\n';
        } catch (const riskshare::input_refused&) {
        }
    }
    manifest.close();
    MESSAGE(count << " of " << files.size() << " workbooks edited, " << judged
                  << " handed to openpyxl and LibreOffice");
    CHECK(count > 0);
    judge(f.path / "manifest", std::system("command -v soffice >/dev/null") == 0 ? "--recalculate 1" : "");
}
