// The number formats that cells' styles name.
#ifndef RISKSHARE_WORKBOOK_DETAIL_STYLES_HPP
#define RISKSHARE_WORKBOOK_DETAIL_STYLES_HPP

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare::workbook::detail {

/// One entry for each style index ("xf") that a cell can have.
class styles {
public:
    styles() = default;
    /// \param text the styles part in UTF-8
    styles(std::string_view text, std::string_view where);

    /// "General" for an index that the file does not define.
    std::string_view number_format(std::uint32_t style) const noexcept;
    bool is_date(std::uint32_t style) const noexcept;
    /// Which of the file's fills the cell has; 0 and 1 are none and grey dots, as every file has them.
    std::uint32_t fill(std::uint32_t style) const noexcept;
    /// Whether a cell takes no entry once its sheet is protected. Cells are locked unless their style opens them.
    bool is_locked(std::uint32_t style) const noexcept;

private:
    struct format {
        std::uint32_t id = 0;
        std::string code;
        bool date = false;
    };
    const format* find(std::uint32_t style) const noexcept;

    std::vector<format> formats_;
    std::vector<std::uint32_t> format_of_style_; ///< into formats_
    std::vector<std::uint32_t> fill_of_style_;
    std::vector<bool> locked_;
};

/// The code behind an id that every file may use undefined; "General" when there is none.
std::string_view builtin_format(std::uint32_t id) noexcept;

} // namespace riskshare::workbook::detail

#endif
