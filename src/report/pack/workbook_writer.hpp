// The pack as a workbook, while it is made: where each figure stands, and what each sheet holds.
#ifndef RISKSHARE_SRC_REPORT_PACK_WORKBOOK_WRITER_HPP
#define RISKSHARE_SRC_REPORT_PACK_WORKBOOK_WRITER_HPP

#include "report/book_maker.hpp"

#include <riskshare/report/pack_workbook.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::report {

/// Where a figure stands.
struct figure_home {
    std::string sheet;
    workbook::address at;
};

/// Fifteen digits are what a spreadsheet keeps. Nothing for an amount that is too large for it.
std::optional<decimal> in_fifteen_digits(const exact&);
std::string sheet_reference(const std::string& name);
std::string absolute(workbook::address);

class workbook_writer {
public:
    explicit workbook_writer(const pack& p) : pack_(p), homes_(p.figures.size()) {}
    workbook::package made();

private:
    static constexpr std::uint32_t first_row = 3;
    void place();
    void place_workings();
    void summary();
    void section(const pack_section&);
    std::uint32_t table(const pack_table&, std::uint32_t row);
    void figure(figure_id, workbook::address, bool strong, const std::string& sheet);
    void chart(const pack_section&, const pack_chart&, std::uint32_t row);
    void bridge(const pack_section&, const pack_chart&, std::uint32_t row);
    void headings(std::initializer_list<const char*>);
    void workings();
    void list();
    void list_cell(const listed_cell&, workbook::address);
    void sources();
    void findings();
    void names();
    std::string formula(const pack_figure&, const std::string& sheet) const;
    /// "[Plan]" is a column of the list, "{Plan}" its cell in the row, "#7" a figure.
    std::string over_list(const std::string& words, std::uint32_t row, const std::string& sheet) const;
    std::string list_column(const std::string& heading, const std::string& sheet) const;
    std::uint32_t list_place(const std::string& heading) const;
    std::string reference(figure_id, const std::string& sheet) const;
    std::string added(const std::vector<figure_id>&, const std::string& sheet) const;
    /// The first row of a section's table that holds cells.
    std::uint32_t body_of(const pack_section&, std::size_t table) const;

    const pack& pack_;
    std::vector<std::optional<figure_home>> homes_;
    std::vector<figure_id> apart_; ///< figures that no table shows and that others are made of
    book_maker book_;
};

} // namespace riskshare::report

#endif
