// A fresh workbook: laid out by libxlsxwriter, its figures put in afterwards as decimal text, never through `double`.
#ifndef RISKSHARE_SRC_REPORT_BOOK_MAKER_HPP
#define RISKSHARE_SRC_REPORT_BOOK_MAKER_HPP

#include <riskshare/decimal.hpp>
#include <riskshare/workbook/patch.hpp>

#include <xlsxwriter.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::report {

/// How a cell looks.
enum class look : std::uint8_t {
    plain,
    title,
    heading,
    remark,
    entry,
    amount,
    strong_amount,
    percent,
    entry_percent,
    whole,        ///< pounds without pence
    strong_whole, ///< a total
    entry_whole,
    strong,
    wrapped,
    link,
};

enum class chart_shape : std::uint8_t { stacked_columns, columns, stacked_bars, bars, lines };

/// A column of a chart's series: title and cells.
struct chart_series {
    std::string name, values;
    std::optional<std::uint32_t> colour = {}; ///< 0xRRGGBB; the program's own choice where none
    bool hatched = false, unseen = false;     ///< told apart without colour; the invisible foot of a floating bar
};

class book_maker {
public:
    book_maker();
    ~book_maker();
    book_maker(const book_maker&) = delete;
    book_maker& operator=(const book_maker&) = delete;

    /// The sheet that everything goes to from now on. One page wide when printed.
    void sheet(const std::string& name);
    void widths(std::uint32_t first, std::uint32_t last, double characters);
    void text(workbook::address, const std::string&, look = look::plain);
    void number(workbook::address, const decimal&, look = look::amount);
    /// Without "="; its result is worked out at the end.
    void formula(workbook::address, const std::string&, look = look::amount);
    /// The same with a result that is known.
    void formula(workbook::address, const std::string&, const decimal& result, look);
    void blank(workbook::address, look);
    /// "internal:'Savings'!B5", "external:plan.xlsx#'Sheet'!B5".
    void link(workbook::address, const std::string& to, const std::string& words);
    /// Rows 1 to `last` are repeated on every page and stay in sight.
    void heading_rows(std::uint32_t last);
    /// A name for cells of this sheet.
    void name(const std::string&, workbook::range);
    void name(const std::string&, const std::string& sheet, workbook::range);
    void stacked_columns(workbook::address, const std::string& title, const std::string& categories,
                         const std::vector<chart_series>&);
    void chart(chart_shape, workbook::address, const std::string& title, const std::string& categories,
               const std::vector<chart_series>&);
    /// What is printed of this sheet: so many of its columns.
    void print_columns(std::uint32_t last_row, std::uint32_t last_column);
    void hide();

    /// Throws `error` when libxlsxwriter could not write.
    workbook::package made();

private:
    void check(lxw_error) const;
    lxw_format* format(look);

    std::filesystem::path file_;
    lxw_workbook* book_ = nullptr;
    lxw_worksheet* sheet_ = nullptr;
    std::string sheet_name_;
    std::vector<lxw_format*> formats_;
    std::vector<workbook::edit> numbers_, formulas_; ///< those with a known result are among the numbers
};

} // namespace riskshare::report

#endif
