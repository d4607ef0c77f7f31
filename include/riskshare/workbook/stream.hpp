// Reading a large sheet forwards, without holding its cells.
#ifndef RISKSHARE_WORKBOOK_STREAM_HPP
#define RISKSHARE_WORKBOOK_STREAM_HPP

#include <riskshare/workbook/sheet.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace riskshare::workbook {

/// One cell on its way past. What it means is as in `cell`.
struct passing_cell {
    address at;
    cell_kind kind = cell_kind::blank;
    bool has_formula = false;
    std::uint32_t style = 0;
    std::string_view text; ///< until the next cell is asked for
};

/// The cells of one sheet in the order of the file. Holds the sheet's part once, unpacked, and the shared strings; no
/// cell costs memory.
class cell_stream {
public:
    /// Throws `precondition_violated` when there is no such sheet, `input_refused` when it cannot be read.
    cell_stream(const book&, std::string_view sheet_name);
    cell_stream(cell_stream&&) noexcept;
    cell_stream& operator=(cell_stream&&) noexcept;
    ~cell_stream();

    /// From now on only cells of this column are told; passing over the others costs half as much. 0 tells all again.
    void only_column(std::uint32_t column);

    /// nullptr at the end. The cell is good until the next call. Throws `input_refused`, as late as the fault stands in
    /// the sheet.
    const passing_cell* next();

    /// Of the cell told last, without "="; empty when it has none, or belongs to a shared formula that comes later in
    /// the file or, under `only_column`, in a column not told.
    std::string formula();
    /// Of the cell told last: is its row hidden by itself?
    bool row_hidden() const noexcept;

private:
    struct state;
    std::shared_ptr<const book::state> held_; ///< the strings that cells point into
    std::unique_ptr<state> state_;
};

} // namespace riskshare::workbook

#endif
