// Variances without a sign, beside which a letter says which way they run: "450 A", "120 Fav".
#include "template/detail/number_table.hpp"

#include <riskshare/detail/text.hpp>

namespace riskshare::templates::detail {

namespace {

/// 1 for favourable, −1 for adverse, 0 for anything else.
int direction_of(const workbook::cell* c) {
    if (c == nullptr || c->kind != workbook::cell_kind::text || c->text.size() > 14) return 0;
    std::string word;
    for (char letter : riskshare::detail::folded(c->text))
        if (letter >= 'a' && letter <= 'z') word += letter;
    for (const char* favourable : {"f", "fav", "favourable", "favorable"})
        if (word == favourable) return 1;
    for (const char* adverse : {"a", "adv", "adverse", "u", "unfav", "unfavourable"})
        if (word == adverse) return -1;
    return 0;
}

} // namespace

void take_letters(number_table& t, const workbook::sheet& s) {
    for (std::size_t j = 0; j < t.columns.size(); ++j) {
        std::size_t amounts = 0, letters = 0;
        bool unsigned_all = true;
        for (std::size_t i = 0; i < t.rows.size(); ++i) {
            const auto& a = t.cells[i][j];
            if (!a || a->micro == 0) continue;
            ++amounts;
            unsigned_all = unsigned_all && a->micro > 0;
            letters += direction_of(s.find({t.rows[i].number, t.columns[j].number + 1})) != 0;
        }
        if (letters < 2 || !unsigned_all || letters * 5 < amounts * 4) continue;
        for (std::size_t i = 0; i < t.rows.size(); ++i)
            if (auto& a = t.cells[i][j]; a && direction_of(s.find({t.rows[i].number, t.columns[j].number + 1})) < 0) {
                a->micro = -a->micro;
                a->shown = -a->shown;
            }
    }
}

} // namespace riskshare::templates::detail
