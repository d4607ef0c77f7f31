#include "workbook/detail/held_text.hpp"

#include "workbook/detail/xml_text.hpp"

namespace riskshare::workbook::detail {

held_text::held_text(const package& source, std::string_view part, std::string_view where) {
    part_content bytes = source.inflated(part);
    const std::string_view view = bytes.view();
    const bool wide = view.substr(0, 2).find_first_of(std::string_view("\0\xFE\xFF", 3)) != std::string_view::npos;
    if (wide || view.empty() || view.data()[view.size()] != '\0') {
        copied_ = std::make_shared<const std::string>(decoded(std::string(view), where).text);
        return;
    }
    constexpr std::size_t declaration = 200;
    decoded(std::string(view.substr(0, declaration)), where); // refuses an encoding that is not UTF-8
    inflated_ = std::move(bytes);
}

} // namespace riskshare::workbook::detail
