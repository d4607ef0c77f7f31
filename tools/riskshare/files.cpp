#include "files.hpp"

#include "platform.hpp"

#include <riskshare/error.hpp>
#include <riskshare/workbook/package.hpp>
#include <riskshare/workbook/save.hpp>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>

namespace riskshare::tool {

namespace {

namespace fs = std::filesystem;

struct closer {
    void operator()(std::FILE* f) const noexcept {
        if (f != stdin) std::fclose(f);
    }
};

/// The library refuses what is larger; one byte more than that is read, so that it can.
constexpr std::size_t most = (std::size_t{512} << 20) + 1;

std::string all_of(std::FILE* in, const std::string& name, std::size_t expected) {
    std::string bytes;
    std::size_t used = 0;
    for (std::size_t room = expected + 1; used < most; room = std::max<std::size_t>(used, std::size_t{1} << 16)) {
        bytes.resize(used + std::min(room, most - used));
        const std::size_t got = std::fread(bytes.data() + used, 1, bytes.size() - used, in);
        const bool end = got < bytes.size() - used;
        used += got;
        if (end) break;
    }
    bytes.resize(used);
    if (std::ferror(in) != 0) throw input_refused("file.unreadable", name + " cannot be read to its end");
    return bytes;
}

} // namespace

std::string read_file(const std::string& name) {
    if (name == "-") return all_of(stdin, name, std::size_t{1} << 16);
    std::error_code ignored;
    if (fs::is_directory(path_of(name), ignored))
        throw input_refused("file.unreadable", name + " is a folder, not a file");
    const std::unique_ptr<std::FILE, closer> in(opened_for_reading(name));
    if (!in) throw input_refused("file.unreadable", name + " cannot be opened: is the name right?");
    std::setvbuf(in.get(), nullptr, _IONBF, 0);
    const std::uintmax_t size = fs::file_size(path_of(name), ignored);
    return all_of(in.get(), name,
                  ignored ? std::size_t{1} << 16 : static_cast<std::size_t>(std::min<std::uintmax_t>(size, most)));
}

bool is_there(const std::string& name) {
    std::error_code none;
    return name != "-" && fs::is_regular_file(path_of(name), none);
}

bool are_one_file(const std::string& a, const std::string& b) {
    std::error_code none;
    return fs::equivalent(path_of(a), path_of(b), none);
}

void write_file(const answers::named_bytes& made, const std::map<std::string, std::string>& as_read) {
    if (made.name == "-") {
        std::cout.write(made.bytes.data(), static_cast<std::streamsize>(made.bytes.size()));
        if (!std::cout.flush()) throw cannot_write("standard output cannot be written");
        return;
    }
    const auto read = as_read.find(made.name);
    if (read == as_read.end())
        workbook::save_file(made.name, made.bytes);
    else
        workbook::save_over(made.name, made.bytes, read->second);
}

} // namespace riskshare::tool
