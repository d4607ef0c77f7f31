// Adding cell formats to the styles of a workbook. Formats are only ever appended, so every index keeps its meaning.
#ifndef RISKSHARE_WORKBOOK_DETAIL_STYLE_EDITOR_HPP
#define RISKSHARE_WORKBOOK_DETAIL_STYLE_EDITOR_HPP

#include "workbook/detail/sheet_scan.hpp"
#include "workbook/detail/styles.hpp"
#include "workbook/detail/xml_text.hpp"

#include <riskshare/workbook/package.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::workbook::detail {

class style_editor {
public:
    /// \param part "" for a workbook without styles
    style_editor(const package&, std::string part);

    bool exists(std::uint32_t style) const noexcept { return style < formats_.size(); }
    bool is_date(std::uint32_t style) const noexcept { return known_.is_date(style); }
    bool is_locked(std::uint32_t style) const noexcept { return known_.is_locked(style); }
    /// The cell's text stays text when it is typed again: by its quote prefix or by the text format.
    bool keeps_text(std::uint32_t style) const;

    /// The same format with the short date of the reader's country, or with a quote prefix: one that is there
    /// already, else one appended. Nothing when the workbook has no such styles to add to.
    std::optional<std::uint32_t> as_date(std::uint32_t style);
    std::optional<std::uint32_t> as_text(std::uint32_t style);

    std::size_t added() const noexcept { return formats_.size() - old_count_; }
    const std::string& part() const noexcept { return part_; }
    /// The styles with what was added.
    std::string content() const;

private:
    void read();
    std::optional<std::uint32_t> with_attributes(std::uint32_t style,
                                                 const std::vector<std::pair<const char*, const char*>>&);

    std::string part_, where_;
    part_text text_;
    styles known_;
    std::vector<std::string> formats_; ///< each <xf>, whole
    std::size_t old_count_ = 0;
    span list_tag_, list_end_; ///< <cellXfs …> and where new ones go
    std::string list_attributes_, list_name_;
};

} // namespace riskshare::workbook::detail

#endif
