#include "report/book_maker.hpp"

#include <riskshare/error.hpp>
#include <riskshare/workbook/formula.hpp>

#include <fstream>
#include <iterator>
#include <random>

namespace riskshare::report {

namespace {

constexpr const char* money_format = "#,##0.00;(#,##0.00);\"-\"";
constexpr const char* whole_format = "#,##0;(#,##0);\"-\"";

std::filesystem::path unused_file() {
    std::random_device chance;
    const std::filesystem::path folder = std::filesystem::temp_directory_path();
    for (;;) {
        const std::filesystem::path file = folder / ("riskshare-" + std::to_string(chance()) + ".xlsx");
        if (!std::filesystem::exists(file)) return file;
    }
}

constexpr std::uint32_t input_colour = 0xFFF9C4;

/// Cells filled as inputs get the style "Input" that every spreadsheet program lists: libxlsxwriter names no styles.
std::string with_input_style(std::string styles) {
    const auto count = [&](std::string_view tag, std::size_t end) {
        std::size_t n = 0;
        for (std::size_t i = styles.find(tag); i < end; i = styles.find(tag, i + 1)) ++n;
        return n;
    };
    const auto put = [&](const std::string& before, const std::string& now) {
        const std::size_t at = styles.find(before);
        if (at == std::string::npos) throw error("a new workbook's styles are not as expected");
        styles.replace(at, before.size(), now);
    };
    const std::size_t colour = styles.find("<fgColor rgb=\"FFFFF9C4\"/>");
    if (colour == std::string::npos) return styles;
    const std::string fill = "fillId=\"" + std::to_string(count("<fill>", colour) - 1) + "\"";
    const std::string base = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>";
    put("<cellStyleXfs count=\"1\">", "<cellStyleXfs count=\"2\">");
    put(base, base.substr(0, base.find("</")) + "<xf numFmtId=\"0\" fontId=\"0\" " + fill +
                  " borderId=\"0\" applyFill=\"1\"/></cellStyleXfs>");
    put("<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>",
        "<cellStyles count=\"2\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"
        "<cellStyle name=\"Input\" xfId=\"1\" builtinId=\"20\" customBuiltin=\"1\"/>");
    const std::string cell = fill + " borderId=\"0\" xfId=\"";
    for (std::size_t i = styles.find(cell); i != std::string::npos; i = styles.find(cell, i + 1))
        styles[i + cell.size()] = '1';
    return styles;
}

lxw_row_t row_of(workbook::address a) { return a.row - 1; }
lxw_col_t column_of(workbook::address a) { return static_cast<lxw_col_t>(a.column - 1); }

} // namespace

book_maker::book_maker() : file_(unused_file()), formats_(15, nullptr) {
    book_ = workbook_new(file_.string().c_str());
    if (book_ == nullptr) throw error("a new workbook cannot be begun");
    // Zip stores no time before 1980, and the same input is to give the same bytes.
    lxw_doc_properties properties = {};
    properties.created = 315532800;
    workbook_set_properties(book_, &properties);
}

book_maker::~book_maker() {
    if (book_ != nullptr) lxw_workbook_free(book_);
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
}

void book_maker::check(lxw_error e) const {
    if (e != LXW_NO_ERROR) throw error(std::string("a new workbook cannot be written: ") + lxw_strerror(e));
}

lxw_format* book_maker::format(look l) {
    lxw_format*& f = formats_[static_cast<std::size_t>(l)];
    if (f != nullptr) return f;
    f = workbook_add_format(book_);
    const bool strong = l == look::title || l == look::heading || l == look::strong_amount || l == look::strong_whole ||
                        l == look::strong;
    if (strong) format_set_bold(f);
    if (l == look::title) format_set_font_size(f, 14);
    if (l == look::heading) format_set_bottom(f, LXW_BORDER_THIN), format_set_text_wrap(f);
    if (l == look::remark) format_set_italic(f);
    if (l == look::amount || l == look::strong_amount || l == look::entry) format_set_num_format(f, money_format);
    if (l == look::percent || l == look::entry_percent) format_set_num_format(f, "0.0%");
    if (l == look::whole || l == look::strong_whole || l == look::entry_whole) format_set_num_format(f, whole_format);
    if (l == look::strong_whole || l == look::strong) format_set_top(f, LXW_BORDER_THIN);
    if (l == look::wrapped) format_set_text_wrap(f), format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    if (l == look::link) format_set_font_color(f, 0x005EB8), format_set_underline(f, LXW_UNDERLINE_SINGLE);
    if (l == look::entry || l == look::entry_percent || l == look::entry_whole) format_set_bg_color(f, input_colour);
    return f;
}

void book_maker::sheet(const std::string& name) {
    sheet_ = workbook_add_worksheet(book_, name.c_str());
    if (sheet_ == nullptr) throw error("a new workbook cannot have a sheet called \"" + name + "\"");
    sheet_name_ = name;
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, 9); // A4
    worksheet_fit_to_pages(sheet_, 1, 0);
    check(worksheet_set_footer(sheet_, "&L&A&RPage &P of &N"));
}

void book_maker::widths(std::uint32_t first, std::uint32_t last, double characters) {
    check(worksheet_set_column(sheet_, static_cast<lxw_col_t>(first - 1), static_cast<lxw_col_t>(last - 1), characters,
                               nullptr));
}

void book_maker::text(workbook::address at, const std::string& words, look l) {
    check(worksheet_write_string(sheet_, row_of(at), column_of(at), words.c_str(), format(l)));
}

void book_maker::blank(workbook::address at, look l) {
    check(worksheet_write_blank(sheet_, row_of(at), column_of(at), format(l)));
}

void book_maker::number(workbook::address at, const decimal& value, look l) {
    blank(at, l);
    numbers_.push_back({sheet_name_, at, workbook::edit::what::number, to_string(value)});
}

void book_maker::formula(workbook::address at, const std::string& words, look l) {
    check(worksheet_write_formula(sheet_, row_of(at), column_of(at), ("=" + words).c_str(), format(l)));
    workbook::edit e{sheet_name_, at, workbook::edit::what::formula, ""};
    e.formula = words;
    formulas_.push_back(std::move(e));
}

void book_maker::formula(workbook::address at, const std::string& words, const decimal& result, look l) {
    check(worksheet_write_formula(sheet_, row_of(at), column_of(at), ("=" + words).c_str(), format(l)));
    workbook::edit e{sheet_name_, at, workbook::edit::what::formula, to_string(result)};
    e.formula = words;
    numbers_.push_back(std::move(e));
}

void book_maker::link(workbook::address at, const std::string& to, const std::string& words) {
    check(worksheet_write_url_opt(sheet_, row_of(at), column_of(at), to.c_str(), format(look::link), words.c_str(),
                                  nullptr));
}

void book_maker::heading_rows(std::uint32_t last) {
    check(worksheet_repeat_rows(sheet_, 0, last - 1));
    worksheet_freeze_panes(sheet_, last, 1);
}

void book_maker::name(const std::string& name, workbook::range cells) { this->name(name, sheet_name_, cells); }

void book_maker::name(const std::string& name, const std::string& sheet, workbook::range cells) {
    const auto fixed = [](workbook::address a) {
        std::string text = to_string(a), out = "$";
        const std::size_t digits = text.find_first_of("0123456789");
        return out + text.substr(0, digits) + "$" + text.substr(digits);
    };
    const std::string to =
        "='" + sheet + "'!" + fixed(cells.first) + (cells.first == cells.last ? "" : ":" + fixed(cells.last));
    check(workbook_define_name(book_, name.c_str(), to.c_str()));
}

void book_maker::stacked_columns(workbook::address at, const std::string& title, const std::string& categories,
                                 const std::vector<chart_series>& series) {
    chart(chart_shape::stacked_columns, at, title, categories, series);
}

void book_maker::chart(chart_shape shape, workbook::address at, const std::string& title, const std::string& categories,
                       const std::vector<chart_series>& series) {
    static constexpr std::uint8_t kinds[] = {LXW_CHART_COLUMN_STACKED, LXW_CHART_COLUMN, LXW_CHART_BAR_STACKED,
                                             LXW_CHART_BAR, LXW_CHART_LINE};
    lxw_chart* chart = workbook_add_chart(book_, kinds[static_cast<std::size_t>(shape)]);
    for (const chart_series& s : series) {
        lxw_chart_series* one = chart_add_series(chart, categories.c_str(), s.values.c_str());
        chart_series_set_name(one, s.name.c_str());
        if (s.unseen) {
            lxw_chart_fill none = {};
            none.none = LXW_TRUE;
            chart_series_set_fill(one, &none);
        } else if (s.hatched) {
            lxw_chart_pattern pattern = {};
            pattern.fg_color = 0xFFFFFF, pattern.bg_color = s.colour.value_or(0x4C6272);
            pattern.type = LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL;
            chart_series_set_pattern(one, &pattern);
        } else if (s.colour) {
            lxw_chart_fill fill = {};
            fill.color = *s.colour;
            chart_series_set_fill(one, &fill);
        }
    }
    std::vector<std::int16_t> unseen;
    for (std::size_t i = 0; i < series.size(); ++i)
        if (series[i].unseen) unseen.push_back(static_cast<std::int16_t>(i));
    unseen.push_back(-1);
    if (unseen.size() > 1) chart_legend_delete_series(chart, unseen.data());
    chart_title_set_name(chart, title.c_str());
    // Names stand below the chart, not across bars that hang from nil.
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_set_num_format(chart->y_axis, "#,##0");
    lxw_chart_options size = {};
    const bool large = shape != chart_shape::stacked_columns || unseen.size() > 1 || series.size() > 4;
    size.x_scale = large ? 1.55 : 1.0, size.y_scale = large ? 1.35 : 1.0;
    check(worksheet_insert_chart_opt(sheet_, row_of(at), column_of(at), chart, &size));
}

void book_maker::print_columns(std::uint32_t last_row, std::uint32_t last_column) {
    check(worksheet_print_area(sheet_, 0, 0, last_row - 1, static_cast<lxw_col_t>(last_column - 1)));
}

void book_maker::hide() { worksheet_hide(sheet_); }

workbook::package book_maker::made() {
    lxw_workbook* closing = book_;
    book_ = nullptr;
    check(workbook_close(closing));
    std::ifstream in(file_, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    if (!in) throw error("a new workbook cannot be read back");
    workbook::package now = workbook::package::from_bytes(std::move(bytes), "new workbook");
    now = now.with({{"xl/styles.xml", with_input_style(now.read("xl/styles.xml"))}});
    const auto put = [&](const std::vector<workbook::edit>& edits) {
        const auto done = workbook::apply(workbook::book(now), edits, {true, true});
        if (const auto* refusal = std::get_if<workbook::refused_edits>(&done))
            throw error("a new workbook cannot be filled: " + refusal->failures.front().message);
        now = std::get<workbook::patched>(done).result;
    };
    put(numbers_);
    // Results of formulas that rest on other formulas come round by round.
    for (bool changed = true; changed;) {
        changed = false;
        const workbook::book book(now);
        workbook::evaluator evaluator(book);
        for (workbook::edit& f : formulas_) {
            const std::string result = evaluator.computed(f.sheet, f.formula).value_or("");
            changed = changed || result != f.value;
            f.value = result;
        }
        if (changed) put(formulas_);
    }
    return now;
}

} // namespace riskshare::report
