#include "workbook/detail/styles.hpp"

#include "workbook/detail/xml_scan.hpp"

#include <riskshare/workbook/number_format.hpp>

#include <charconv>
#include <unordered_map>

namespace riskshare::workbook::detail {

namespace {

std::uint32_t id_of(const std::optional<std::string>& text) {
    std::uint32_t id = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), id);
    return id;
}

} // namespace

// ECMA-376 part 1, 18.8.30: the ids that mean a format without a <numFmt>, in the English form.
std::string_view builtin_format(std::uint32_t id) noexcept {
    switch (id) {
    case 1:
        return "0";
    case 2:
        return "0.00";
    case 3:
        return "#,##0";
    case 4:
        return "#,##0.00";
    case 5:
        return R"("$"#,##0_);("$"#,##0))";
    case 6:
        return R"("$"#,##0_);[Red]("$"#,##0))";
    case 7:
        return R"("$"#,##0.00_);("$"#,##0.00))";
    case 8:
        return R"("$"#,##0.00_);[Red]("$"#,##0.00))";
    case 9:
        return "0%";
    case 10:
        return "0.00%";
    case 11:
        return "0.00E+00";
    case 12:
        return "# ?/?";
    case 13:
        return "# ?"
               "?/?"
               "?";
    case 14:
        return "mm-dd-yy";
    case 15:
        return "d-mmm-yy";
    case 16:
        return "d-mmm";
    case 17:
        return "mmm-yy";
    case 18:
        return "h:mm AM/PM";
    case 19:
        return "h:mm:ss AM/PM";
    case 20:
        return "h:mm";
    case 21:
        return "h:mm:ss";
    case 22:
        return "m/d/yy h:mm";
    case 37:
        return "#,##0_);(#,##0)";
    case 38:
        return "#,##0_);[Red](#,##0)";
    case 39:
        return "#,##0.00_);(#,##0.00)";
    case 40:
        return "#,##0.00_);[Red](#,##0.00)";
    case 41:
        return R"(_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_))";
    case 42:
        return R"(_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_))";
    case 43:
        return R"(_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_))";
    case 44:
        return R"(_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_))";
    case 45:
        return "mm:ss";
    case 46:
        return "[h]:mm:ss";
    case 47:
        return "mmss.0";
    case 48:
        return "##0.0E+0";
    case 49:
        return "@";
    default:
        return "General";
    }
}

styles::styles(std::string_view text, std::string_view where) {
    std::unordered_map<std::uint32_t, std::string> own;
    std::unordered_map<std::uint32_t, std::uint32_t> index_of_id;
    xml_reader reader(text, where);
    bool in_cell_formats = false;
    for (auto e = reader.next(); e != xml_reader::event::end; e = reader.next()) {
        if (e == xml_reader::event::close && reader.name() == "cellXfs") in_cell_formats = false;
        if (e != xml_reader::event::open) continue;
        if (reader.name() == "numFmt") {
            own[id_of(reader.attribute("numFmtId"))] = reader.attribute("formatCode").value_or("General");
        } else if (reader.name() == "dxfs" || reader.name() == "cellStyleXfs" || reader.name() == "extLst") {
            reader.skip();
        } else if (reader.name() == "cellXfs") {
            in_cell_formats = !reader.self_closing();
        } else if (in_cell_formats && reader.name() == "xf") {
            const std::uint32_t id = id_of(reader.attribute("numFmtId"));
            const auto [known, fresh] = index_of_id.emplace(id, static_cast<std::uint32_t>(formats_.size()));
            if (fresh) formats_.push_back({id, {}, false});
            format_of_style_.push_back(known->second);
            fill_of_style_.push_back(id_of(reader.attribute("fillId")));
            locked_.push_back(true);
        } else if (in_cell_formats && !locked_.empty() && reader.name() == "protection") {
            const std::string locked = reader.attribute("locked").value_or("1");
            locked_.back() = locked != "0" && locked != "false";
        }
    }
    for (format& f : formats_) {
        const auto found = own.find(f.id);
        f.code = found == own.end() ? std::string(builtin_format(f.id)) : found->second;
        f.date = is_date_format(f.code);
    }
}

const styles::format* styles::find(std::uint32_t style) const noexcept {
    return style < format_of_style_.size() ? &formats_[format_of_style_[style]] : nullptr;
}

std::string_view styles::number_format(std::uint32_t style) const noexcept {
    const format* found = find(style);
    return found == nullptr || found->code.empty() ? "General" : std::string_view(found->code);
}

std::uint32_t styles::fill(std::uint32_t style) const noexcept {
    return style < fill_of_style_.size() ? fill_of_style_[style] : 0;
}

bool styles::is_locked(std::uint32_t style) const noexcept { return style >= locked_.size() || locked_[style]; }

bool styles::is_date(std::uint32_t style) const noexcept {
    const format* found = find(style);
    return found != nullptr && found->date;
}

} // namespace riskshare::workbook::detail
