// Changing a few places of a long text.
#ifndef RISKSHARE_WORKBOOK_DETAIL_SPLICE_HPP
#define RISKSHARE_WORKBOOK_DETAIL_SPLICE_HPP

#include "workbook/detail/sheet_scan.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace riskshare::workbook::detail {

/// Replacements in one text, applied all at once. At one place they keep the order in which they were asked for.
class splices {
public:
    /// \pre does not overlap another; `at.begin == at.end` inserts
    void replace(span at, std::string with) { all_.push_back({at, std::move(with)}); }
    void insert(std::size_t at, std::string text) { replace({at, at}, std::move(text)); }
    bool empty() const noexcept { return all_.empty(); }
    std::string applied_to(std::string_view text) const;
    /// The same in the text itself: what is between the splices moves, which for a large sheet beats a copy by far.
    void apply_to(std::string& text) const;

private:
    struct one {
        span at;
        std::string with;
    };
    std::vector<const one*> in_order() const;

    std::vector<one> all_;
};

/// The raw attributes of a tag with one of them set, replaced or gone. The value is escaped here.
std::string with_attribute(std::string_view attributes, std::string_view name, std::string_view value);
std::string without_attribute(std::string_view attributes, std::string_view name);

/// Where a view into a text stands in it. \pre it is one
inline span span_of(std::string_view text, std::string_view inside) noexcept {
    const auto begin = static_cast<std::size_t>(inside.data() - text.data());
    return {begin, begin + inside.size()};
}

/// "x:" of the name "x:calcPr".
inline std::string_view prefix_of(std::string_view name) noexcept {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon + 1);
}

} // namespace riskshare::workbook::detail

#endif
