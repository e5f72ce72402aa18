fn main(){
 let a: Vec<String> = std::env::args().collect();
 let m = std::fs::read_to_string("spec/clients.toml").unwrap();
 let m = codegen::Manifest::parse(&codegen::Source{name:"spec/clients.toml",text:&m}).unwrap_or_else(|e| panic!("{e}"));
 let t = std::fs::read_to_string(&a[1]).unwrap();
 let g = codegen::generate(&m.clients[0], &codegen::Source{name:&a[1],text:&t}).unwrap_or_else(|e| {println!("{e}"); std::process::exit(1)});
 for f in g.files { std::fs::create_dir_all(&a[2]).unwrap(); std::fs::write(format!("{}/{}",a[2],f.path), f.text).unwrap(); }
 println!("{:?}", g.summary);
}
