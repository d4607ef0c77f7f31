#include <riskshare/workbook/package.hpp>

#include "support/zip_maker.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <sstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fs = std::filesystem;
using riskshare::cannot_write;
using riskshare::workbook::package;

namespace {

/// A folder that is gone when the test is.
struct folder {
    fs::path path;
    folder() {
        std::string pattern = (fs::temp_directory_path() / "riskshare-save-XXXXXX").string();
        path = mkdtemp(pattern.data());
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    ~folder() { fs::remove_all(path); }

    std::size_t files() const {
        std::size_t count = 0;
        for (const auto& entry : fs::directory_iterator(path)) count += !entry.path().empty();
        return count;
    }
};

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void put(const fs::path& file, const std::string& bytes) { std::ofstream(file, std::ios::binary) << bytes; }

package sample(std::size_t size = 100) {
    return package::from_bytes(
        support::zip_of({{"[Content_Types].xml", "<Types/>"}, {"xl/workbook.xml", std::string(size, 'w')}}),
        "plan.xlsx");
}

std::string refusal(const std::function<void()>& act) {
    try {
        act();
    } catch (const cannot_write& why) {
        return why.what();
    }
    return "";
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

} // namespace

TEST_CASE("save: the file is written whole and nothing else is left") {
    const folder f;
    sample().save(f.path / "out.xlsx");
    CHECK(bytes_of(f.path / "out.xlsx") == sample().bytes());
    sample(200).save(f.path / "out.xlsx");
    CHECK(bytes_of(f.path / "out.xlsx") == sample(200).bytes());
    CHECK(f.files() == 1);
    CHECK(package::open(f.path / "out.xlsx").read("xl/workbook.xml").size() == 200);
}

TEST_CASE("save: the permissions of a replaced file stay, a new file gets the usual ones") {
    const folder f;
    const auto old_mask = umask(022);
    sample().save(f.path / "out.xlsx");
    struct stat found {};
    stat((f.path / "out.xlsx").c_str(), &found);
    CHECK((found.st_mode & 07777) == 0644);
    chmod((f.path / "out.xlsx").c_str(), 0660);
    sample(200).save(f.path / "out.xlsx");
    stat((f.path / "out.xlsx").c_str(), &found);
    CHECK((found.st_mode & 07777) == 0660);
    umask(old_mask);
}

TEST_CASE("save: a link stays a link") {
    const folder f;
    fs::create_directory(f.path / "real");
    sample().save(f.path / "real" / "plan.xlsx");
    fs::create_symlink(f.path / "real" / "plan.xlsx", f.path / "link.xlsx");
    sample(200).save(f.path / "link.xlsx");
    CHECK(fs::is_symlink(f.path / "link.xlsx"));
    CHECK(bytes_of(f.path / "real" / "plan.xlsx") == sample(200).bytes());
}

TEST_CASE("save: a file that is open elsewhere, read-only, a folder or in no folder is not touched") {
    const folder f;
    const fs::path out = f.path / "out.xlsx";
    put(out, "old");
    put(f.path / "~$out.xlsx", "");
    CHECK(has(refusal([&] { sample().save(out); }), "is open in Excel"));
    fs::remove(f.path / "~$out.xlsx");
    put(f.path / ".~lock.out.xlsx#", "");
    CHECK(has(refusal([&] { sample().save(out); }), "is open in LibreOffice"));
    fs::remove(f.path / ".~lock.out.xlsx#");
    chmod(out.c_str(), 0444);
    CHECK(has(refusal([&] { sample().save(out); }), "is read-only"));
    CHECK(has(refusal([&] { sample().save(f.path); }), "is a folder"));
    CHECK(has(refusal([&] { sample().save(f.path / "none" / "out.xlsx"); }), "its folder does not exist"));
    CHECK(bytes_of(out) == "old");
    CHECK(f.files() == 1);
}

TEST_CASE("save: over its source only while nobody has changed it") {
    const folder f;
    const fs::path plan = f.path / "plan.xlsx";
    sample().save(plan);
    const package read = package::open(plan);
    const package edited = read.with({{"xl/workbook.xml", "<workbook/>"}});

    put(plan, std::string(sample(300).bytes()));
    CHECK(has(refusal([&] { edited.save(plan); }), "was changed by somebody else since it was read"));
    CHECK(bytes_of(plan) == sample(300).bytes());
    fs::create_hard_link(plan, f.path / "same.xlsx");
    CHECK(has(refusal([&] { edited.save(f.path / "same.xlsx"); }), "was changed by somebody else"));
    CHECK(f.files() == 2);

    put(plan, std::string(read.bytes())); // touched, but the same bytes
    edited.save(plan);
    CHECK(bytes_of(plan) == edited.bytes());
    edited.save(plan);
    CHECK(has(refusal([&] { read.with({{"xl/workbook.xml", "other"}}).save(plan); }), "was changed"));
}

TEST_CASE("save: when the disk is full the old file stands and no litter is left") {
    const folder f;
    const fs::path out = f.path / "out.xlsx";
    put(out, "old");
    const pid_t child = fork();
    if (child == 0) {
        // The signal is left at its default, which ends the process: the save has to hold it back.
        const rlimit small{4096, 4096};
        setrlimit(RLIMIT_FSIZE, &small);
        const std::string why = refusal([&] { sample(100'000).save(out); });
        _exit(has(why, "the file would be larger than is allowed here") && has(why, "untouched") ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(bytes_of(out) == "old");
    CHECK(f.files() == 1);
    if (fs::exists("/dev/full")) CHECK(has(refusal([] { sample().save("/dev/full"); }), "the disk is full"));
}

TEST_CASE("save: an interrupt waits until the file is whole") {
    const folder f;
    const pid_t child = fork();
    if (child == 0) {
        sample(1'000'000).save(f.path / "out.xlsx");
        sigset_t held;
        pthread_sigmask(SIG_SETMASK, nullptr, &held);
        _exit(sigismember(&held, SIGINT)); // held back during the save alone
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("save: to a stream, and a stream that fails is told") {
    std::ostringstream good;
    sample().save(good);
    CHECK(good.str() == sample().bytes());
    std::ofstream bad("/dev/full", std::ios::binary);
    if (bad) CHECK_THROWS_AS(sample(100'000).save(bad), cannot_write);
}
