#include <riskshare/workbook/stream.hpp>

#include "workbook/detail/book_state.hpp"
#include "workbook/detail/cell_values.hpp"
#include "workbook/detail/held_text.hpp"

namespace riskshare::workbook {

using namespace detail;

struct cell_stream::state {
    state(const book::state& from, const std::string& part)
        : in(from), where(place_of(in.source, part)), formulas(where) {
        if (part.empty()) return;
        held = held_text(in.source, part, where);
        const std::string_view text = held.view();
        xml_reader reader(text, where);
        const bool found = find_sheet_data(reader, [](xml_reader& r) {
            if (r.depth() > 1) r.skip();
        });
        if (!found || reader.self_closing()) return;
        prefix = reader.prefix();
        context = {nullptr, prefix, where, in.from_1904};
        scan.emplace(text, reader.end(), prefix, where);
    }

    const book::state& in;
    std::string where, prefix, scratch;
    held_text held;
    formula_reader formulas;
    cell_context context;
    std::optional<sheet_scanner> scan; ///< nothing at the end
    passing_cell now;
};

cell_stream::cell_stream(const book& from, std::string_view sheet_name) {
    const book::state& in = *from.state_;
    state_ = std::make_unique<state>(in, in.entries[in.index_of(sheet_name)].part);
    held_ = from.state_;
}

cell_stream::cell_stream(cell_stream&&) noexcept = default;
cell_stream& cell_stream::operator=(cell_stream&&) noexcept = default;
cell_stream::~cell_stream() = default;

void cell_stream::only_column(std::uint32_t column) {
    if (state_->scan) state_->scan->only_column(column);
}

const passing_cell* cell_stream::next() {
    state& s = *state_;
    while (s.scan) {
        const sheet_scanner::event e = s.scan->next();
        if (e == sheet_scanner::event::done) {
            s.scan.reset();
            break;
        }
        if (e != sheet_scanner::event::cell) continue;
        const raw_cell& raw = s.scan->cell();
        if (raw.type == "s" && s.context.strings == nullptr) s.context.strings = s.in.strings().get();
        const stored_value value = value_of(raw, s.context, s.scratch);
        if (raw.has_formula) s.formulas.note(raw);
        s.now = {raw.at, value.kind, raw.has_formula, raw.style, value.text};
        return &s.now;
    }
    return nullptr;
}

std::string cell_stream::formula() {
    const state& s = *state_;
    return s.scan && s.scan->cell().has_formula ? state_->formulas.read(s.scan->cell()) : std::string();
}

bool cell_stream::row_hidden() const noexcept {
    if (!state_->scan) return false;
    const auto hidden = raw_attribute(state_->scan->row().attributes, "hidden");
    return hidden == "1" || hidden == "true";
}

} // namespace riskshare::workbook
