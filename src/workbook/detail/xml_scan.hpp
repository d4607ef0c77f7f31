// Walks the elements of an XML part, in order, without copying it.
#ifndef RISKSHARE_WORKBOOK_DETAIL_XML_SCAN_HPP
#define RISKSHARE_WORKBOOK_DETAIL_XML_SCAN_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace riskshare::workbook::detail {

/// Deeper nesting is refused (rule "workbook.depth").
inline constexpr std::size_t deepest = 64;

/// One tag as it stands in the text.
struct xml_tag {
    std::string_view name;       ///< with its prefix
    std::string_view attributes; ///< the raw text after the name
    std::size_t begin = 0;       ///< of "<"
    std::size_t end = 0;         ///< past ">"
    bool closing = false;        ///< </name>
    bool self_closing = false;   ///< <name/>
};

/// The tag at `text[at]`, which must be "<" followed by a name or "/".
xml_tag tag_at(std::string_view text, std::size_t at, std::string_view where);

/// The opening tag of the root element.
xml_tag root_tag(std::string_view text, std::string_view where);

/// The raw value of an attribute, by its whole name; `std::nullopt` when it is not there.
std::optional<std::string_view> raw_attribute(std::string_view attributes, std::string_view name);

/// Past the comment, processing instruction or CDATA at `text[at]`. A DOCTYPE is refused, rule "workbook.doctype".
std::size_t past_markup(std::string_view text, std::size_t at, std::string_view where);
/// Past the end of the element that `open` begins. Checks that tags match and nest no deeper than allowed.
std::size_t past_element(std::string_view text, const xml_tag& open, std::string_view where, std::size_t depth = 0);

/// True when every namespace that an `mc:Choice` requires is one that we read. `declared` holds the raw attributes of
/// the elements around it, innermost last.
bool understood(std::string_view choice_attributes, const std::string_view* declared, std::size_t count);

/// The pull reader. Elements of spreadsheets are known by their local names, whatever their prefix; others by name and
/// prefix. Of `mc:AlternateContent` only the branch that we understand is walked, as if it stood there alone.
class xml_reader {
public:
    enum class event : std::uint8_t { open, close, text, end };

    /// Both views must outlive the reader.
    /// \param where what messages call the part.
    xml_reader(std::string_view text, std::string_view where) : text_(text), where_(where) {}

    /// Throws `input_refused` (rules "workbook.xml", "workbook.doctype", "workbook.depth").
    event next();

    std::string_view name() const noexcept { return name_; }
    /// Of an attribute without a prefix, plain. \pre the event is `open`
    std::optional<std::string> attribute(std::string_view name) const;
    /// Of an attribute with any prefix, such as r:id.
    std::optional<std::string> prefixed_attribute(std::string_view local_name) const;
    /// "1", "true", "on"; `otherwise` when it is not there.
    bool flag(std::string_view name, bool otherwise = false) const;
    std::string_view attributes() const noexcept { return tag_.attributes; }
    bool self_closing() const noexcept { return tag_.self_closing; }

    /// The raw characters of a `text` event; CDATA sections are left as they stand.
    std::string_view raw_text() const noexcept { return text_.substr(begin_, end_ - begin_); }

    /// The byte span of the event.
    std::size_t begin() const noexcept { return begin_; }
    std::size_t end() const noexcept { return end_; }
    /// How many elements are open; counts the one just opened, not the one just closed.
    std::size_t depth() const noexcept { return depth_; }
    /// "" or "x:": how the part marks the elements of spreadsheets, as its root declares.
    std::string_view prefix() const noexcept { return prefix_; }
    const std::string_view* open_attributes() const noexcept { return attributes_.data(); }

    /// Past the end of the element that was just opened. \pre the event is `open`
    void skip();
    /// The plain text of the element that was just opened, child elements left out; stands past its end afterwards.
    std::string inner_text();
    /// Goes on at `at`, which must lie inside the element that was just opened, outside any child.
    void resume(std::size_t at) noexcept { at_ = at; }

private:
    enum class frame : std::uint8_t { plain, alternate, alternate_done, branch };

    bool open_tag();
    bool close_tag();

    std::string_view text_, where_;
    std::string prefix_;
    std::string_view name_;
    xml_tag tag_;
    std::size_t at_ = 0, begin_ = 0, end_ = 0;
    std::size_t depth_ = 0;
    bool close_pending_ = false, seen_root_ = false;
    std::array<std::string_view, deepest> names_, attributes_;
    std::array<frame, deepest> frames_{};
};

} // namespace riskshare::workbook::detail

#endif
