// The shared strings of a workbook.
#ifndef RISKSHARE_WORKBOOK_DETAIL_STRING_TABLE_HPP
#define RISKSHARE_WORKBOOK_DETAIL_STRING_TABLE_HPP

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare::workbook::detail {

/// All strings end to end in one block: runs of rich text joined, phonetic guides left out, escapes undone.
class string_table {
public:
    string_table() = default;
    /// \param text the shared strings part in UTF-8
    string_table(std::string_view text, std::string_view where);

    std::size_t size() const noexcept { return ends_.size(); }
    /// \pre i < size()
    std::string_view operator[](std::size_t i) const noexcept {
        const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
        return {characters_.data() + begin, ends_[i] - begin};
    }

private:
    std::string characters_;
    std::vector<std::uint32_t> ends_;
};

/// The text of an <is> or <si>, given what stands between its tags.
/// \param prefix of the part's root element
void append_rich_text(std::string& to, std::string_view content, std::string_view prefix, std::string_view where);

} // namespace riskshare::workbook::detail

#endif
