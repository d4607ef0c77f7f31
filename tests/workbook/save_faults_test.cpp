// A save that is stopped at any of its system calls, by an error or by death, leaves the old file or the new one,
// whole. The functions of the C library are replaced for this program alone; each counts, and one of them fails or
// kills.
#include <riskshare/workbook/package.hpp>

#include "support/zip_maker.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

enum class blow { none, error, death_before, death_after, half_written_then_death };

struct {
    blow what = blow::none;
    int at = 0, seen = 0, number = 0;
    bool struck = false;
} fault;

void die() { ::syscall(SYS_kill, ::syscall(SYS_getpid), SIGKILL); }

bool due() { return fault.what != blow::none && ++fault.seen == fault.at; }

/// What stands in for one system call that `call` makes.
template <class Call>
long guarded(Call call) {
    const bool now = due();
    fault.struck |= now;
    if (now && fault.what == blow::error) {
        errno = fault.number;
        return -1;
    }
    if (now && fault.what == blow::death_before) die();
    const long outcome = call();
    if (now) die();
    return outcome;
}

} // namespace

extern "C" {
int open(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    return static_cast<int>(guarded([&] { return ::syscall(SYS_openat, AT_FDCWD, path, flags, mode); }));
}
ssize_t write(int number, const void* data, std::size_t size) {
    if (fault.what == blow::half_written_then_death && due()) {
        ::syscall(SYS_write, number, data, size / 2);
        die();
    }
    return guarded([&] { return ::syscall(SYS_write, number, data, size); });
}
int fsync(int number) {
    return static_cast<int>(guarded([&] { return ::syscall(SYS_fsync, number); }));
}
int rename(const char* from, const char* to) noexcept {
    return static_cast<int>(guarded([&] { return ::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0); }));
}
int unlink(const char* path) noexcept {
    return static_cast<int>(guarded([&] { return ::syscall(SYS_unlinkat, AT_FDCWD, path, 0); }));
}
int fchmod(int number, mode_t mode) noexcept {
    return static_cast<int>(guarded([&] { return ::syscall(SYS_fchmod, number, mode); }));
}
int fchown(int number, uid_t user, gid_t group) noexcept {
    return static_cast<int>(guarded([&] { return ::syscall(SYS_fchown, number, user, group); }));
}
int access(const char* path, int mode) noexcept {
    return static_cast<int>(guarded([&] { return ::syscall(SYS_faccessat, AT_FDCWD, path, mode); }));
}
int close(int number) {
    // A close that fails has closed all the same.
    if (fault.what != blow::error) return static_cast<int>(guarded([&] { return ::syscall(SYS_close, number); }));
    ::syscall(SYS_close, number);
    return static_cast<int>(guarded([] { return 0L; }));
}
int stat(const char* path, struct stat* found) noexcept {
    return static_cast<int>(guarded([&] { return ::syscall(SYS_newfstatat, AT_FDCWD, path, found, 0); }));
}
int lstat(const char* path, struct stat* found) noexcept {
    return static_cast<int>(
        guarded([&] { return ::syscall(SYS_newfstatat, AT_FDCWD, path, found, AT_SYMLINK_NOFOLLOW); }));
}
}

namespace {

namespace fs = std::filesystem;
using riskshare::workbook::package;

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A folder with plan.xlsx as it was, and what is to be saved over it.
struct desk {
    fs::path folder, file;
    package before, after;
    explicit desk(bool stands_there) : before(of("before")), after(before) {
        std::string pattern = (fs::temp_directory_path() / "riskshare-faults-XXXXXX").string();
        folder = mkdtemp(pattern.data());
        file = folder / "plan.xlsx";
        if (stands_there) std::ofstream(file, std::ios::binary) << before.bytes();
        if (stands_there) before = package::open(file);
        after = before.with({{"xl/workbook.xml", std::string(3000, 'n')}});
    }
    desk(const desk&) = delete;
    desk& operator=(const desk&) = delete;
    ~desk() { fs::remove_all(folder); }

    static package of(const std::string& text) {
        return package::from_bytes(support::zip_of({{"[Content_Types].xml", "<Types/>"}, {"xl/workbook.xml", text}}),
                                   "plan.xlsx");
    }
    bool holds(const package& which) const { return fs::exists(file) && bytes_of(file) == which.bytes(); }
    std::vector<std::string> litter() const {
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.path() != file) found.push_back(entry.path().filename().string());
        return found;
    }
};

/// Saves with the blow at the given call; says what was thrown.
std::string saved(const desk& on, blow what, int at, int number = 0) {
    std::string thrown;
    fault = {what, at, 0, number, false};
    try {
        on.after.save(on.file);
    } catch (const riskshare::cannot_write& why) {
        fault.what = blow::none;
        thrown = why.what();
    }
    fault.what = blow::none;
    return thrown;
}

constexpr int more_calls_than_a_save_makes = 200;

} // namespace

TEST_CASE("save: an error at any system call leaves the old file, or the new one when it says nothing; never litter") {
    for (const bool stands_there : {true, false}) {
        for (const int number : {EIO, ENOSPC, EACCES, EINTR, EMFILE}) {
            int at = 1;
            for (; at < more_calls_than_a_save_makes; ++at) {
                const desk on(stands_there);
                const std::string thrown = saved(on, blow::error, at, number);
                const bool struck = fault.struck;
                CAPTURE(at);
                CAPTURE(number);
                CAPTURE(thrown);
                if (thrown.empty() || thrown.find("was written") != std::string::npos)
                    CHECK(on.holds(on.after));
                else
                    CHECK((stands_there ? on.holds(on.before) : !fs::exists(on.file)));
                CHECK(on.litter().empty());
                if (!struck) break;
            }
            CHECK(at > 8);
            CHECK(at < more_calls_than_a_save_makes);
        }
    }
}

TEST_CASE("save: death at any system call leaves the old file or the new one, whole, and the next save works") {
    for (const bool stands_there : {true, false}) {
        for (const blow what : {blow::death_before, blow::death_after, blow::half_written_then_death}) {
            int deaths = 0;
            for (int at = 1; at < more_calls_than_a_save_makes; ++at) {
                const desk on(stands_there);
                const pid_t child = fork();
                if (child == 0) {
                    saved(on, what, at);
                    _exit(0);
                }
                int status = 0;
                waitpid(child, &status, 0);
                CAPTURE(at);
                CHECK((on.holds(on.after) || (stands_there ? on.holds(on.before) : !fs::exists(on.file))));
                for (const std::string& name : on.litter()) {
                    CHECK(name.rfind(".riskshare-", 0) == 0);
                    CHECK(name.substr(name.size() - 4) == ".tmp");
                }
                on.after.save(on.file);
                CHECK(on.holds(on.after));
                if (WIFEXITED(status)) break;
                ++deaths;
            }
            CHECK(deaths >= (what == blow::half_written_then_death ? 1 : 9));
        }
    }
}
