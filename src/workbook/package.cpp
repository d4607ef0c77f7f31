#include "detail/file.hpp"
#include "detail/path.hpp"
#include "detail/refusal.hpp"
#include "detail/zip.hpp"

#include <riskshare/workbook/package.hpp>
#include <riskshare/workbook/save.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <ostream>
#include <unordered_map>
#include <unordered_set>

namespace riskshare::workbook {

using namespace detail;

namespace {

/// Tells part names apart as `zip::key_of` does, without making a key: asking must not fail for want of memory.
struct part_names_alike {
    using is_transparent = void;

    static std::string_view bare(std::string_view name) noexcept {
        return !name.empty() && (name.front() == '/' || name.front() == '\\') ? name.substr(1) : name;
    }
    static char plain(char c) noexcept {
        if (c == '\\') return '/';
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    std::size_t operator()(std::string_view name) const noexcept {
        std::uint64_t hash = 14695981039346656037u; // FNV-1a
        for (const char c : bare(name)) hash = (hash ^ static_cast<unsigned char>(plain(c))) * 1099511628211u;
        return static_cast<std::size_t>(hash);
    }
    bool operator()(std::string_view a, std::string_view b) const noexcept {
        a = bare(a), b = bare(b);
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return plain(x) == plain(y); });
    }
};

} // namespace

struct package::state {
    std::string name;
    std::string bytes;
    zip::directory directory;
    std::vector<std::string> part_names;
    std::unordered_map<std::string, std::size_t, part_names_alike, part_names_alike>
        by_key;                          ///< of parts alone, not of folders
    std::filesystem::path opened_from;   ///< empty when it came from memory
    std::shared_ptr<const state> opened; ///< what was read from there; nullptr when that is this

    std::size_t index_of(std::string_view part) const noexcept {
        const auto found = by_key.find(part);
        return found == by_key.end() ? zip::replacement::npos : found->second;
    }
    const zip::record& at(std::string_view part) const {
        const std::size_t index = index_of(part);
        if (index == zip::replacement::npos) throw precondition_violated(name + " has no part " + in_quotes(part));
        return directory.records[index];
    }
    bool holds(std::size_t index, std::string_view content) const {
        const zip::record& r = directory.records[index];
        return r.unpacked == content.size() && r.crc == zip::crc32(content) &&
               zip::inflate(bytes, nullptr, r, name).view() == content;
    }
};

namespace {

bool ends(std::string_view text, std::string_view with) {
    return text.size() >= with.size() && text.substr(text.size() - with.size()) == with;
}

/// Zips that hold something else than an .xlsx workbook, where saying so helps.
void refuse_other_formats(const std::vector<std::string>& names, const std::string& file) {
    std::unordered_set<std::string> keys;
    for (const std::string& name : names) keys.insert(zip::key_of(name));
    if (keys.count("[content_types].xml") != 0) {
        if (keys.count("xl/workbook.bin") != 0)
            refuse("package.xlsb", file, "is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx.");
        return;
    }
    if (keys.count("mimetype") != 0 && keys.count("content.xml") != 0)
        refuse("package.open_document", file, "is an OpenDocument file (.ods). Save it as .xlsx.");
    for (const std::string& key : keys)
        if (ends(key, ".xlsx") || ends(key, ".xlsm") || ends(key, ".xls"))
            refuse("package.nested_workbook", file,
                   "is a zip that holds a workbook, " + in_quotes(key) + ". Unpack it first.");
}

} // namespace

package::package(std::shared_ptr<const state> s) : state_(std::move(s)) {}

package package::from_bytes(std::string bytes, std::string name) {
    auto s = std::make_shared<state>();
    s->name = std::move(name);
    s->bytes = std::move(bytes);
    if (s->bytes.size() > zip::limits::file)
        refuse("package.too_large", s->name, "is larger than 512 MiB, which is refused.");
    s->directory = zip::read_directory(s->bytes, s->name);
    for (std::size_t i = 0; i < s->directory.records.size(); ++i) {
        const zip::record& r = s->directory.records[i];
        if (r.folder) continue;
        s->part_names.push_back(r.name);
        s->by_key.emplace(r.key, i);
    }
    refuse_other_formats(s->part_names, s->name);
    return package(std::move(s));
}

package package::open(const std::string& file) {
    const std::filesystem::path path = file::path_of(file);
    package opened = from_bytes(file::read(path, zip::limits::file), file::text_of(path.filename()));
    auto s = std::const_pointer_cast<state>(opened.state_); // nobody else has seen it yet
    s->opened_from = std::filesystem::absolute(path);
    return opened;
}

const std::string& package::name() const noexcept { return state_->name; }
std::string_view package::bytes() const noexcept { return state_->bytes; }
const std::vector<std::string>& package::part_names() const noexcept { return state_->part_names; }

bool package::has(std::string_view part) const noexcept { return state_->index_of(part) != zip::replacement::npos; }

part_content package::inflated(std::string_view part) const {
    return zip::inflate(state_->bytes, state_, state_->at(part), state_->name);
}

std::string package::read(std::string_view part) const {
    return zip::inflated_text(state_->bytes, state_->at(part), state_->name);
}

package package::with(const std::vector<change>& changes) const {
    std::vector<zip::replacement> replacements;
    std::unordered_set<std::string> named;
    for (const change& c : changes) {
        if (!named.insert(zip::key_of(c.part)).second)
            throw precondition_violated("the part " + in_quotes(c.part) + " is to be changed twice at once");
        const std::size_t index = state_->index_of(c.part);
        if (c.remove) {
            (void)state_->at(c.part);
            replacements.push_back({c.part, nullptr, index});
        } else if (index == zip::replacement::npos || !state_->holds(index, c.content)) {
            replacements.push_back({c.part, &c.content, index});
        }
    }
    if (replacements.empty()) return *this;
    package changed = from_bytes(zip::rewrite(state_->bytes, state_->directory, replacements), state_->name);
    auto s = std::const_pointer_cast<state>(changed.state_);
    s->opened_from = state_->opened_from;
    s->opened = state_->opened ? state_->opened : state_;
    return changed;
}

void package::save(const std::string& file) const {
    const state& read = state_->opened ? *state_->opened : *state_;
    file::write(file::path_of(file), bytes(), {state_->opened_from, read.bytes});
}

void save_file(const std::string& file, std::string_view bytes) { file::write(file::path_of(file), bytes, {{}, {}}); }

void save_over(const std::string& file, std::string_view bytes, std::string_view as_read) {
    const std::filesystem::path path = file::path_of(file);
    file::write(path, bytes, {std::filesystem::absolute(path), as_read});
}

void package::save(std::ostream& out) const {
    out.write(state_->bytes.data(), static_cast<std::streamsize>(state_->bytes.size()));
    if (!out.flush())
        throw cannot_write("the workbook cannot be written to its stream; what was written of it is not whole");
}

} // namespace riskshare::workbook
