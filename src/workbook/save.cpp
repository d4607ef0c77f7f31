// The only place that writes files, but for Windows, which has its own.
#ifndef _WIN32
#include "detail/save_checks.hpp"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <pthread.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <time.h>
#include <unistd.h>

namespace riskshare::workbook::detail::file {
namespace {

namespace fs = std::filesystem;

std::string reason(int number) {
    if (number == ENOSPC || number == EDQUOT) return "the disk is full. Free some space or choose another folder";
    if (number == EFBIG) return "the file would be larger than is allowed here";
    if (number == EROFS) return "the disk can only be read. Choose another folder";
    if (number == EACCES || number == EPERM) return "it is not allowed here. Choose another folder";
    if (number == ENOENT) return "its folder does not exist";
    return std::generic_category().message(number);
}

/// While a save lasts, neither an interrupt nor the signal of a size limit may end the process and leave litter.
/// The interrupt comes through afterwards; the size limit is reported by `write` as an error anyway.
class calm {
public:
    calm() {
        sigset_t held;
        sigemptyset(&held);
        for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGXFSZ}) sigaddset(&held, number);
        pthread_sigmask(SIG_BLOCK, &held, &before_);
    }
    calm(const calm&) = delete;
    calm& operator=(const calm&) = delete;
    ~calm() {
        sigset_t pending, size_limit;
        sigemptyset(&pending);
        sigemptyset(&size_limit);
        sigaddset(&size_limit, SIGXFSZ);
        sigpending(&pending);
        int number = 0;
        if (sigismember(&pending, SIGXFSZ) == 1 && sigismember(&before_, SIGXFSZ) == 0) sigwait(&size_limit, &number);
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

private:
    sigset_t before_{};
};

class descriptor {
public:
    explicit descriptor(int number) : number_(number) {}
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    ~descriptor() { close(); }

    int get() const noexcept { return number_; }
    bool open() const noexcept { return number_ >= 0; }
    /// 0, or what went wrong: on some file systems a write fails only here.
    int close() noexcept {
        if (number_ < 0) return 0;
        const int outcome = ::close(number_) == 0 || errno == EINTR ? 0 : errno;
        number_ = -1;
        return outcome;
    }

private:
    int number_;
};

/// 0, or what went wrong.
int write_all(const descriptor& out, std::string_view bytes) {
    constexpr std::size_t at_once = std::size_t{1} << 24;
    while (!bytes.empty()) {
        const ssize_t written = ::write(out.get(), bytes.data(), std::min(bytes.size(), at_once));
        if (written < 0 && errno != EINTR) return errno;
        if (written == 0) return ENOSPC;
        if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

int synchronised(const descriptor& out) {
    int outcome = 0;
    do outcome = ::fsync(out.get()) == 0 ? 0 : errno;
    while (outcome == EINTR);
    return outcome == EINVAL || outcome == ENOTSUP ? 0 : outcome; // a file system that has no such thing
}

/// Waits for whoever else saves into this folder, for a few seconds at most; the lock goes with the descriptor.
void lock(const descriptor& folder) {
    constexpr int tries = 500;
    constexpr timespec ten_milliseconds{0, 10'000'000};
    for (int i = 0; i < tries; ++i) {
        if (::flock(folder.get(), LOCK_EX | LOCK_NB) == 0 || (errno != EWOULDBLOCK && errno != EINTR)) return;
        ::nanosleep(&ten_milliseconds, nullptr);
    }
}

/// A file beside the target that is gone again unless it was put in the target's place.
class temporary {
public:
    explicit temporary(const fs::path& target) : path_(), out_(create(target, path_)) {
        if (!out_.open()) fail(target, "cannot be written: " + reason(errno) + ".");
    }
    temporary(const temporary&) = delete;
    temporary& operator=(const temporary&) = delete;
    ~temporary() {
        if (!path_.empty()) ::unlink(path_.c_str());
    }

    descriptor& out() noexcept { return out_; }
    bool moved_to(const fs::path& target) noexcept {
        if (::rename(path_.c_str(), target.c_str()) != 0) return false;
        path_.clear();
        return true;
    }

private:
    static int create(const fs::path& target, fs::path& path) {
        const std::string stem = ".riskshare-" + std::to_string(::getpid()) + "-";
        for (int i = 0; i < 1000; ++i) {
            fs::path candidate = target.parent_path() / (stem + std::to_string(i) + ".tmp");
            const int number = ::open(candidate.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
            if (number >= 0) path = std::move(candidate);
            if (number >= 0 || errno != EEXIST) return number;
        }
        return -1;
    }

    fs::path path_;
    descriptor out_;
};

std::optional<struct stat> what_stands_at(const fs::path& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) == 0) return found;
    if (errno == ENOENT) return {};
    fail(path, "cannot be written: " + reason(errno) + ".");
}

void check_replaceable(const fs::path& target, const struct stat& old) {
    if (S_ISDIR(old.st_mode)) fail(target, "is a folder. Name a file in it.");
    if ((old.st_mode & 0222) == 0 || ::access(target.c_str(), W_OK) != 0)
        fail(target, "is read-only. Allow writing to it, or choose another name.");
    refuse_while_open_elsewhere(target);
}

void write_through(const fs::path& target, std::string_view bytes) {
    descriptor out(::open(target.c_str(), O_WRONLY | O_CLOEXEC));
    int outcome = out.open() ? write_all(out, bytes) : errno;
    if (outcome == 0) outcome = out.close();
    if (outcome != 0) fail(target, "cannot be written: " + reason(outcome) + ".");
}

} // namespace

void write(const fs::path& path, std::string_view bytes, const origin& from) {
    if (path.filename().empty()) fail(path, "is no name for a file.");
    // A link stays a link: the file that it names is replaced.
    std::error_code none;
    const fs::path resolved = fs::canonical(path, none);
    const fs::path target = none ? fs::absolute(path) : resolved;
    const std::optional<struct stat> old = what_stands_at(target);
    if (old && !S_ISREG(old->st_mode) && !S_ISDIR(old->st_mode)) return write_through(target, bytes);
    if (old) check_replaceable(target, *old);

    const calm undisturbed;
    temporary fresh(target);
    const auto check = [&](int outcome) {
        if (outcome != 0) fail(path, "cannot be written: " + reason(outcome) + ". What stood there is untouched.");
    };
    if (old) {
        // Of another owner's file at least the permissions stay; only root may give files away.
        (void)(::fchown(fresh.out().get(), old->st_uid, old->st_gid) == 0);
        check(::fchmod(fresh.out().get(), old->st_mode & 07777) == 0 ? 0 : errno);
    }
    check(write_all(fresh.out(), bytes));
    check(synchronised(fresh.out()));
    check(fresh.out().close());
    const descriptor folder(::open(target.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // Of two that save one file at once, the later one looks at what the earlier one wrote: the look and the rename are
    // one step under the folder's lock. A file system without locks leaves them apart by microseconds.
    if (folder.open()) lock(folder);
    if (old) refuse_when_changed_since_read(target, from, bytes);
    if (!fresh.moved_to(target)) check(errno);
    if (const int outcome = folder.open() ? synchronised(folder) : 0; outcome != 0)
        fail(path, "was written, but the disk reports an error (" + reason(outcome) + "). Keep another copy of it.");
}

} // namespace riskshare::workbook::detail::file
#endif
