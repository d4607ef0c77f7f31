// A workbook held as its original bytes.
#ifndef RISKSHARE_WORKBOOK_PACKAGE_HPP
#define RISKSHARE_WORKBOOK_PACKAGE_HPP

#include <riskshare/error.hpp>

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare::workbook {

/// What one part holds: bytes that copies share.
class part_content {
public:
    part_content() = default;
    part_content(std::shared_ptr<const char[]> data, std::size_t size) : data_(std::move(data)), size_(size) {}

    std::string_view view() const noexcept { return {data_.get(), size_}; }
    std::size_t size() const noexcept { return size_; }

private:
    std::shared_ptr<const char[]> data_;
    std::size_t size_ = 0;
};

/// A zip of parts, of which not one byte is lost. Immutable and cheap to copy.
class package {
public:
    /// Reads a file. Throws `input_refused` (rule "package.…") when it is not a workbook that can be read safely.
    static package open(const std::string& file);
    /// The same from memory; `name` is what messages call it.
    static package from_bytes(std::string bytes, std::string name);

    const std::string& name() const noexcept;
    /// The file, byte for byte.
    std::string_view bytes() const noexcept;

    /// In the order of the zip's directory, with "/" between folders; folders themselves are no parts.
    const std::vector<std::string>& part_names() const noexcept;
    /// Part names compare without case, and without a leading "/".
    bool has(std::string_view part) const noexcept;
    /// The part's content, inflated and its CRC checked. Throws `input_refused`; `precondition_violated` if there is no
    /// such part.
    std::string read(std::string_view part) const;
    /// The same without a copy: for large parts. One byte past the end may be looked at too.
    part_content inflated(std::string_view part) const;

    /// A package in which the named parts have the given content (added when new) or are gone.
    /// Every other record keeps its bytes; a part that is given the content it has keeps its bytes too.
    /// The same changes give the same bytes, whatever the time. Throws `precondition_violated` when a part to be
    /// removed is not there or one is named twice, `input_refused` when the result would pass the limits of `open`.
    struct change {
        std::string part;
        std::string content;
        bool remove = false;
    };
    package with(const std::vector<change>& changes) const;

    /// Writes atomically: a temporary file beside it, fsync, rename, fsync of the folder. What stood there is replaced
    /// and its permissions stay. Throws `cannot_write` and leaves what stood there as it was, when it is read-only,
    /// when a lock file of Excel or LibreOffice says that it is open there, or when it is the file this package was
    /// read from and somebody has changed it since. Devices and pipes are written as they are.
    void save(const std::string& file) const;
    /// Throws `cannot_write` when the stream fails.
    void save(std::ostream&) const;

private:
    struct state;
    explicit package(std::shared_ptr<const state>);
    std::shared_ptr<const state> state_;
};

/// Writes any other file as `package::save` writes workbooks: atomically. Throws `cannot_write`.
void save_file(const std::string& file, std::string_view bytes);

} // namespace riskshare::workbook

#endif
