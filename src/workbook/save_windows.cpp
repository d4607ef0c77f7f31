// Saving on Windows: a temporary file beside the target, written through, then put in its place.
#ifdef _WIN32
#include "detail/path.hpp"
#include "detail/save_checks.hpp"

#include <algorithm>
#include <windows.h>

namespace riskshare::workbook::detail::file {
namespace {

namespace fs = std::filesystem;

std::string reason(DWORD number) {
    if (number == ERROR_DISK_FULL || number == ERROR_HANDLE_DISK_FULL)
        return "the disk is full. Free some space or choose another folder";
    if (number == ERROR_ACCESS_DENIED) return "it is not allowed here. Choose another folder";
    if (number == ERROR_SHARING_VIOLATION || number == ERROR_LOCK_VIOLATION)
        return "another program has it open. Close it there and try again";
    if (number == ERROR_PATH_NOT_FOUND) return "its folder does not exist";
    if (number == ERROR_WRITE_PROTECT) return "the disk can only be read. Choose another folder";
    return "Windows reports error " + std::to_string(number);
}

/// A file beside the target that is gone again unless it was put in the target's place.
class temporary {
public:
    explicit temporary(const fs::path& target) {
        const std::wstring stem = L".riskshare-" + std::to_wstring(GetCurrentProcessId()) + L"-";
        DWORD why = ERROR_FILE_EXISTS;
        for (int i = 0; i < 1000 && why == ERROR_FILE_EXISTS; ++i) {
            path_ = target.parent_path() / (stem + std::to_wstring(i) + L".tmp");
            file_ = CreateFileW(path_.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr);
            if (file_ != INVALID_HANDLE_VALUE) return;
            why = GetLastError();
        }
        path_.clear();
        fail(target, "cannot be written: " + reason(why) + ".");
    }
    temporary(const temporary&) = delete;
    temporary& operator=(const temporary&) = delete;
    ~temporary() {
        close();
        if (!path_.empty()) DeleteFileW(path_.c_str());
    }

    /// 0, or what went wrong.
    DWORD write(std::string_view bytes) {
        constexpr std::size_t at_once = std::size_t{1} << 24;
        while (!bytes.empty()) {
            DWORD written = 0;
            if (WriteFile(file_, bytes.data(), static_cast<DWORD>(std::min(bytes.size(), at_once)), &written,
                          nullptr) == 0)
                return GetLastError();
            bytes.remove_prefix(written);
        }
        return FlushFileBuffers(file_) == 0 ? GetLastError() : 0;
    }
    /// What stands there keeps its permissions.
    DWORD moved_to(const fs::path& target, bool replaces) {
        close();
        const bool done = replaces ? ReplaceFileW(target.c_str(), path_.c_str(), nullptr, 0, nullptr, nullptr) != 0
                                   : MoveFileExW(path_.c_str(), target.c_str(), MOVEFILE_WRITE_THROUGH) != 0;
        if (!done) return GetLastError();
        path_.clear();
        return 0;
    }

private:
    void close() {
        if (file_ != INVALID_HANDLE_VALUE) CloseHandle(file_);
        file_ = INVALID_HANDLE_VALUE;
    }

    fs::path path_;
    HANDLE file_ = INVALID_HANDLE_VALUE;
};

} // namespace

void write(const fs::path& path, std::string_view bytes, const origin& from) {
    if (path.filename().empty()) fail(path, "is no name for a file.");
    std::error_code none;
    const fs::path resolved = fs::canonical(path, none);
    const fs::path target = none ? fs::absolute(path) : resolved;
    const DWORD old = GetFileAttributesW(target.c_str());
    const bool replaces = old != INVALID_FILE_ATTRIBUTES;
    if (replaces && (old & FILE_ATTRIBUTE_DIRECTORY) != 0) fail(target, "is a folder. Name a file in it.");
    if (replaces && (old & FILE_ATTRIBUTE_READONLY) != 0)
        fail(target, "is read-only. Allow writing to it, or choose another name.");
    if (replaces) refuse_while_open_elsewhere(target);

    temporary fresh(target);
    const auto check = [&](DWORD outcome) {
        if (outcome != 0) fail(path, "cannot be written: " + reason(outcome) + ". What stood there is untouched.");
    };
    check(fresh.write(bytes));
    if (replaces) refuse_when_changed_since_read(target, from, bytes);
    check(fresh.moved_to(target, replaces));
}

} // namespace riskshare::workbook::detail::file
#endif
