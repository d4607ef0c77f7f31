/* riskshare for R. Build: R CMD SHLIB riskshare.c -lriskshare_c; then see riskshare.R. */
#include <riskshare/c_api.h>

#include <R.h>
#include <Rinternals.h>
#include <string.h>

/* request: one text; names: texts; bytes: a list of raw vectors. Gives list(status, json, text, talk, summary, made). */
SEXP riskshare_ask_r(SEXP request, SEXP names, SEXP bytes) {
    const R_xlen_t count = XLENGTH(bytes);
    riskshare_file* files = (riskshare_file*)R_alloc((size_t)(count > 0 ? count : 1), sizeof *files);
    const char* asked = Rf_translateCharUTF8(STRING_ELT(request, 0));
    const char* fields[] = {"status", "json", "text", "talk", "summary", "made", ""};
    riskshare_answer* a;
    SEXP out, made, made_names;
    size_t i, size;
    int part;
    for (i = 0; i < (size_t)count; ++i) {
        files[i].name = Rf_translateCharUTF8(STRING_ELT(names, (R_xlen_t)i));
        files[i].bytes = RAW(VECTOR_ELT(bytes, (R_xlen_t)i));
        files[i].size = (size_t)XLENGTH(VECTOR_ELT(bytes, (R_xlen_t)i));
    }
    a = riskshare_ask(asked, strlen(asked), files, (size_t)count);
    if (a == NULL) Rf_error("riskshare: %s", riskshare_last_error());
    out = PROTECT(Rf_mkNamed(VECSXP, fields));
    SET_VECTOR_ELT(out, 0, Rf_ScalarInteger(riskshare_status(a)));
    for (part = 0; part < 4; ++part) /* JSON, text, talk, summary */
        SET_VECTOR_ELT(out, 1 + part, Rf_ScalarString(Rf_mkCharCE(riskshare_part(a, part, NULL), CE_UTF8)));
    made = PROTECT(Rf_allocVector(VECSXP, (R_xlen_t)riskshare_made_count(a)));
    made_names = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)riskshare_made_count(a)));
    for (i = 0; i < riskshare_made_count(a); ++i) {
        const void* from = riskshare_made_bytes(a, i, &size);
        SEXP raw = Rf_allocVector(RAWSXP, (R_xlen_t)size);
        SET_VECTOR_ELT(made, (R_xlen_t)i, raw);
        memcpy(RAW(raw), from, size);
        SET_STRING_ELT(made_names, (R_xlen_t)i, Rf_mkCharCE(riskshare_made_name(a, i), CE_UTF8));
    }
    Rf_setAttrib(made, R_NamesSymbol, made_names);
    SET_VECTOR_ELT(out, 5, made);
    riskshare_free(a);
    UNPROTECT(3);
    return out;
}
