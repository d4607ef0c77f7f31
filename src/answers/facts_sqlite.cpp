// Writes facts as a SQLite database. The one file that knows SQLite.
#include "facts.hpp"

#include <riskshare/error.hpp>

#ifdef RISKSHARE_SQLITE
#include <sqlite3.h>

#include <memory>
#endif

namespace riskshare::answers {

#ifdef RISKSHARE_SQLITE

namespace {

struct closing {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
    void operator()(unsigned char* bytes) const { sqlite3_free(bytes); }
};

void sound(int code, sqlite3* db) {
    if (code == SQLITE_NOMEM) throw std::bad_alloc();
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
        throw cannot_write(std::string("the database cannot be made: ") + sqlite3_errmsg(db));
}

constexpr const char* table =
    "CREATE TABLE facts (file TEXT, sheet TEXT, cell TEXT, \"table\" TEXT, body TEXT, "
    "scheme TEXT, measure TEXT, kind TEXT, period TEXT, basis TEXT, amount TEXT, "
    "pence INTEGER, quantity TEXT, unit TEXT, written TEXT, total INTEGER, state TEXT); BEGIN";

} // namespace

std::string facts_sqlite(const std::vector<fact>& facts) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open(":memory:", &opened);
    const std::unique_ptr<sqlite3, closing> db(opened);
    sound(code, db.get());
    sound(sqlite3_exec(db.get(), table, nullptr, nullptr, nullptr), db.get());

    std::string insert = "INSERT INTO facts VALUES (?";
    for (std::size_t i = 1; i < fact_columns.size(); ++i) insert += ",?";
    sqlite3_stmt* prepared = nullptr;
    sound(sqlite3_prepare_v2(db.get(), (insert + ")").c_str(), -1, &prepared, nullptr), db.get());
    std::unique_ptr<sqlite3_stmt, closing> row(prepared);
    for (const fact& f : facts) {
        const auto values = values_of(f);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const int place = static_cast<int>(i) + 1;
            // Text that stands for a whole number becomes one in a column of integers.
            sound(values[i] ? sqlite3_bind_text(row.get(), place, values[i]->c_str(),
                                                static_cast<int>(values[i]->size()), SQLITE_TRANSIENT)
                            : sqlite3_bind_null(row.get(), place),
                  db.get());
        }
        sound(sqlite3_step(row.get()), db.get());
        sound(sqlite3_reset(row.get()), db.get());
    }
    row.reset();
    sound(sqlite3_exec(db.get(), "COMMIT", nullptr, nullptr, nullptr), db.get());

    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, closing> bytes(sqlite3_serialize(db.get(), "main", &size, 0));
    if (!bytes) throw std::bad_alloc();
    return std::string(reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size));
}

#else

std::string facts_sqlite(const std::vector<fact>&) {
    throw input_refused("facts.no_sqlite", "this riskshare was built without SQLite; write facts as .csv or .jsonl");
}

#endif

} // namespace riskshare::answers
