// The text of a part, held for as long as views into it are used.
#ifndef RISKSHARE_WORKBOOK_DETAIL_HELD_TEXT_HPP
#define RISKSHARE_WORKBOOK_DETAIL_HELD_TEXT_HPP

#include <riskshare/workbook/package.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace riskshare::workbook::detail {

/// A part in UTF-8, followed by NUL; copied only where the package does not hold it so.
class held_text {
public:
    held_text() = default;
    /// Throws `input_refused` when its encoding is none that a workbook has.
    held_text(const package&, std::string_view part, std::string_view where);

    /// Good for as long as this object or one moved from it.
    std::string_view view() const noexcept { return inflated_.size() != 0 ? inflated_.view() : *copied_; }

private:
    part_content inflated_;
    std::shared_ptr<const std::string> copied_ = std::make_shared<const std::string>();
};

} // namespace riskshare::workbook::detail

#endif
