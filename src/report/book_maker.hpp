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
enum class look : std::uint8_t { plain, title, heading, remark, entry, amount, strong_amount, percent, entry_percent };

/// A column of a chart's series: title and cells.
struct chart_series {
    std::string name, values;
    std::optional<std::uint32_t> colour = {}; ///< 0xRRGGBB; the program's own choice where none
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
    void blank(workbook::address, look);
    /// A name for cells of this sheet.
    void name(const std::string&, workbook::range);
    void stacked_columns(workbook::address, const std::string& title, const std::string& categories,
                         const std::vector<chart_series>&);
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
    std::vector<workbook::edit> numbers_, formulas_;
};

} // namespace riskshare::report

#endif
